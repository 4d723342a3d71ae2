package bot

import (
	"path"
	"strings"
	"unicode"
)

// harmfulNames are the extensions that make a computer run, install, mount
// or script a file, whatever its content looks like.
var harmfulNames = strings.Fields(`
	ade adp apk app application appinstaller appref-ms appx appxbundle bas bash bat chm class cmd com command
	cpl crx csh deb desktop diagcab dll dmg docm dotm exe fish gadget hlp hta htm html img inf ins iqy iso
	isp jar jnlp js jse ksh lib library-ms lnk lua mcf mde mht mhtml mjs msc msh msi msix msixbundle msp mst
	msu ocx one osx pif pkg php pl potm ppam ppsm pptm ps1 ps1xml ps2 psc1 psc2 psd1 psm1 py pyc pyw pyz rb
	rdp reg rpm run scf scpt scr sct search-ms settingcontent-ms sh shb shs slk sldm svgz swf sys tcl theme
	themepack url vb vbe vbs vhd vhdx vmdk vxd wasm webloc website workflow ws wsc wsf wsh xbap xht xhtml xlam
	xll xlsm xltm xpi xsl xslt zsh`)

// HarmfulName tells whether a file's name alone is reason not to take it: it is
// a program, a script or the like.
func HarmfulName(name string) bool {
	name = strings.Map(func(r rune) rune {
		// Control and formatting characters, such as the right-to-left
		// override, only disguise a name.
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	// Windows drops what follows a colon, and dots and spaces at the end.
	name, _, _ = strings.Cut(path.Base(strings.ReplaceAll(name, `\`, "/")), ":")
	name = strings.TrimRight(name, ". \u00a0")
	ext := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	for _, x := range harmfulNames {
		if ext != "" && strings.TrimSpace(ext) == x {
			return true
		}
	}
	return false
}

package evidence

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"
)

// OpenBucket opens where files are kept: "file:///a/folder" (made if need be,
// readable by this user only), "mem://" (gone with the process), or any URL
// whose gocloud.dev driver is linked in. Its errors name the scheme at most: a
// URL may hold a secret.
func OpenBucket(ctx context.Context, where string) (*blob.Bucket, error) {
	u, err := url.Parse(where)
	if err != nil || u.Scheme == "" {
		return nil, errors.New("evidence store: not a URL; use file:///a/folder or mem://")
	}
	switch u.Scheme {
	case fileblob.Scheme:
		if u.Path == "" || u.Path == "/" {
			return nil, errors.New("evidence store: file:// needs a folder, as in file:///a/folder")
		}
		o := fileblob.URLOpener{Options: fileblob.Options{
			CreateDir:   true,
			DirFileMode: 0o700,
			// Beside the file: a rename across file systems fails.
			NoTempDir: true,
			// Name, type and hash are in the row.
			Metadata: fileblob.MetadataDontWrite,
		}}
		b, err := o.OpenBucketURL(ctx, u)
		if err != nil {
			return nil, fmt.Errorf("evidence store: open the folder: %w", err)
		}
		return b, nil
	case memblob.Scheme:
		return memblob.OpenBucket(nil), nil
	}
	if !blob.DefaultURLMux().ValidBucketScheme(u.Scheme) {
		return nil, fmt.Errorf("evidence store: this program has no driver for %q; use file or mem", u.Scheme)
	}
	b, err := blob.DefaultURLMux().OpenBucketURL(ctx, u)
	if err != nil {
		return nil, fmt.Errorf("evidence store: cannot open a %s store with this URL", u.Scheme)
	}
	return b, nil
}

// Open reads a kept file: its bytes as received, and how many there are.
func (f *Fetcher) Open(ctx context.Context, key string) (io.ReadCloser, int64, error) {
	r, err := f.Bucket.NewReader(ctx, key, nil)
	if err != nil {
		return nil, 0, fmt.Errorf("open a kept file: %w", err)
	}
	return r, r.Size(), nil
}

// harden sees to it that a blob kept in a folder survives a power cut: the
// driver renames it into place without syncing it. Other stores do so
// themselves.
func harden(ctx context.Context, b *blob.Bucket, key string) error {
	r, err := b.NewReader(ctx, key, nil)
	if err != nil {
		return err
	}
	defer r.Close()
	var in io.Reader
	if !r.As(&in) {
		return nil
	}
	if f, ok := in.(*os.File); ok {
		return f.Sync()
	}
	return nil
}

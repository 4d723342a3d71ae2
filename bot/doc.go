// Package bot is the vocabulary of heed: complaints, promises, inputs, turns
// and what is said to whom. It does no I/O, starts no goroutine, and asks
// neither for the time nor for chance: both are arguments.
//
// An Input is something that happened. A turn takes the Situation around one
// input and answers with a Turn: what to record, say, post and schedule. The
// situation is read and the turn is saved in one transaction, so a turn is in
// effect taken exactly once.
package bot

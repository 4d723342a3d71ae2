// Package wall finds members of staff by the names that a customer wrote.
//
// What is decided here is who a wall hides a complaint from at first, and how
// sure that is. A person is sure only where the text leaves nobody else: their
// full name, or a nickname or handle that nobody else has. Whatever is weaker
// is found as well, and unsure: a weak match is walled first and released by a
// senior person, because the other order would show a complaint to the person
// it is about.
//
// A better match silences weaker ones on the same words: where "Anna Oakhurst"
// works here, those words do not find every other Anna and every other
// Oakhurst. Two people with the same name are both found, and both unsure.
//
// Named reads an answer to "who was it?" and looks hard. Mentioned reads an
// account in free words, where most words are no names, and takes full names
// and rare handles only.
package wall

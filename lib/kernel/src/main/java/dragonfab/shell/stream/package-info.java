/**
 * Streams of commands: split into lines, cut to their tail, or joined from one command to another. None of them grows
 * with what passes through it.
 */
package dragonfab.shell.stream;

/**
 * A command as data, and the few places that run one: this machine, a container, a dry run. Whatever a command is
 * given arrives to the letter.
 */
package dragonfab.shell;

/** Writes the first files of a project; the command is {@code new}. It touches nothing that is there. */
package dragonfab.scaffold;

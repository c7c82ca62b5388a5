/** What a script is written with: options, the {@code Run} and its targets, confirmation, exit codes. */
package dragonfab.recipe;

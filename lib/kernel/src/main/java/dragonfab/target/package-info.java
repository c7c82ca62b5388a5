/**
 * One place that can be asked and changed, {@code Remote}, and how it is reached. Every change is a
 * reported step, which a dry run only shows.
 */
package dragonfab.target;

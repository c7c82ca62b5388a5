/**
 * One place that can be asked and changed, {@link dragonfab.target.Remote}, and how it is reached. Every change is a
 * reported step, which a dry run only shows.
 */
package dragonfab.target;

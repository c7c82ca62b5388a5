/** The Python requirements of a project and their lock: which file says it, and what stands for an environment of it. */
package dragonfab.python;

/** The life of an environment's container, and a shell inside it. */
package dragonfab.container;

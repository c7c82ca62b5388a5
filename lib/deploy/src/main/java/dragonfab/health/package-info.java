/** Whether the site answers: HTTP checks, what they said before the change, smoke tests. */
package dragonfab.health;

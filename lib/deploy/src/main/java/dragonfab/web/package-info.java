/** Maintenance mode and restarts of a site. A switch that visitors do not get to see is undone. */
package dragonfab.web;

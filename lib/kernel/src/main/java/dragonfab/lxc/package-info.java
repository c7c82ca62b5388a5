/** LXC's own commands and what they print. Pure: it makes commands and reads answers, and runs nothing. */
package dragonfab.lxc;

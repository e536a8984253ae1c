/**
 * What a terminal's output looks like: a screen without a display, as xterm.js would draw it, that can be written down again as escape
 * sequences. Whatever bytes come, it neither throws nor hangs, and its memory is bounded by its size; however the bytes are split, the
 * screen is the same.
 */
package dev.cockpitcoder.screen;

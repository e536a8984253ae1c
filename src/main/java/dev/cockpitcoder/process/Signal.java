package dev.cockpitcoder.process;

import com.pty4j.unix.PtyHelpers;

/** signal(7), with the numbers of Linux on x86 and ARM. */
enum Signal {
    HUP(1),
    KILL(9),
    TERM(15),
    CONT(18);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /** By kill(2); nothing happens when there is no such process. */
    void send(long pid) {
        PtyHelpers.getInstance().kill((int) pid, number);
    }
}

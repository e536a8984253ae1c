package dev.cockpitcoder.terminal;

/** The close codes of the protocol: RFC 6455, section 7.4, and 4000 + an HTTP status. */
final class CloseCode {
    static final int SHELL_ENDED = 1000;
    static final int SERVER_STOPS = 1001;
    static final int NO_MEANING = 1003;
    static final int REFUSED = 1008;
    static final int TOO_LARGE = 1009;
    static final int FAILED = 1011;
    static final int TRY_LATER = 1013;
    static final int MALFORMED = 4400;
    static final int NO_SUCH_TERMINAL = 4404;

    private CloseCode() {}
}

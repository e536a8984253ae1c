package dev.cockpitcoder.screen;

/** Told what a {@link SequenceParser} finds, in order. A sequence is valid during the call only. */
public interface SequenceHandler {
    default void print(int codePoint) {}

    /** A control character, C0 or C1. */
    default void execute(int control) {}

    default void escape(ControlSequence sequence) {}

    default void csi(ControlSequence sequence) {}

    /** An operating system command: what stands between its introducer and its end. */
    default void osc(String text) {}

    default void dcs(ControlSequence sequence, String text) {}
}

package dev.cockpitcoder.screen;

/**
 * Finds the control sequences in a terminal's output: the state machine of DEC's terminals (vt100.net/emu/dec_ansi_parser), with the
 * differences that UTF-8 terminals have today. Bounded: what is too long to mean anything is passed over.
 */
public final class SequenceParser {
    static final int MAX_STRING = 4096;
    private static final int MAX_INTERMEDIATES = 3;

    private static final int BEL = 0x07;
    private static final int CAN = 0x18;
    private static final int SUB = 0x1a;
    private static final int ESC = 0x1b;
    private static final int DEL = 0x7f;
    private static final int C1_FIRST = 0x80;
    private static final int C1_LAST = 0x9f;
    private static final int DCS = 0x90;
    private static final int SOS = 0x98;
    private static final int CSI = 0x9b;
    private static final int ST = 0x9c;
    private static final int OSC = 0x9d;
    private static final int PM = 0x9e;
    private static final int APC = 0x9f;

    private enum State {
        GROUND,
        ESCAPE,
        ESCAPE_INTERMEDIATE,
        CSI_ENTRY,
        CSI_PARAMETERS,
        CSI_INTERMEDIATE,
        CSI_IGNORED,
        OSC_TEXT,
        DCS_ENTRY,
        DCS_PARAMETERS,
        DCS_INTERMEDIATE,
        DCS_IGNORED,
        DCS_TEXT,
        /** SOS, PM or APC. */
        STRING_IGNORED
    }

    private final SequenceHandler handler;
    private final ControlSequence sequence = new ControlSequence();
    private final StringBuilder text = new StringBuilder();
    private boolean textTooLong;
    private State state = State.GROUND;

    public SequenceParser(SequenceHandler handler) {
        this.handler = handler;
    }

    /** Whether it is between sequences. */
    public boolean atRest() {
        return state == State.GROUND;
    }

    /** Forgets the sequence it is in. */
    void reset() {
        state = State.GROUND;
    }

    /** Takes one code point. */
    public void next(int code) {
        if (code == ESC) {
            endString(true);
            begin(State.ESCAPE);
        } else if (code == CAN || code == SUB) {
            endString(false);
            state = State.GROUND;
            handler.execute(code);
        } else if (code >= C1_FIRST && code <= C1_LAST) {
            endString(true);
            c1(code);
        } else {
            switch (state) {
                case GROUND -> ground(code);
                case OSC_TEXT -> osc(code);
                case DCS_TEXT -> put(code);
                case STRING_IGNORED, DCS_IGNORED -> {}
                default -> inSequence(code);
            }
        }
    }

    private void begin(State next) {
        sequence.clear();
        text.setLength(0);
        textTooLong = false;
        state = next;
    }

    private void c1(int code) {
        switch (code) {
            case CSI -> begin(State.CSI_ENTRY);
            case OSC -> begin(State.OSC_TEXT);
            case DCS -> begin(State.DCS_ENTRY);
            case SOS, PM, APC -> begin(State.STRING_IGNORED);
            case ST -> state = State.GROUND;
            default -> {
                state = State.GROUND;
                handler.execute(code);
            }
        }
    }

    private void ground(int code) {
        if (code < ' ') {
            handler.execute(code);
        } else if (code != DEL) {
            handler.print(code);
        }
    }

    private void osc(int code) {
        if (code == BEL) {
            endString(true);
            state = State.GROUND;
        } else if (code >= ' ') {
            put(code);
        }
    }

    private void put(int code) {
        if (text.length() < MAX_STRING) {
            text.appendCodePoint(code);
        } else {
            textTooLong = true;
        }
    }

    private void endString(boolean whole) {
        if (!whole || textTooLong) {
            return;
        }
        if (state == State.OSC_TEXT) {
            handler.osc(text.toString());
        } else if (state == State.DCS_TEXT) {
            handler.dcs(sequence, text.toString());
        }
    }

    private void inSequence(int code) {
        if (code < ' ') {
            if (state.compareTo(State.OSC_TEXT) < 0) {
                handler.execute(code);
            }
        } else if (code > DEL) {
            if (state != State.CSI_IGNORED) {
                state = State.GROUND;
            }
        } else if (code != DEL) {
            switch (state) {
                case ESCAPE -> escape(code);
                case ESCAPE_INTERMEDIATE -> escapeIntermediate(code);
                case CSI_ENTRY, CSI_PARAMETERS, CSI_INTERMEDIATE, CSI_IGNORED -> csi(code);
                default -> dcs(code);
            }
        }
    }

    private void escape(int code) {
        switch (code) {
            case '[' -> begin(State.CSI_ENTRY);
            case ']' -> begin(State.OSC_TEXT);
            case 'P' -> begin(State.DCS_ENTRY);
            case 'X', '^', '_' -> begin(State.STRING_IGNORED);
            default -> escapeIntermediate(code);
        }
    }

    private void escapeIntermediate(int code) {
        sequence.add(code);
        if (code >= '0') {
            state = State.GROUND;
            if (sequence.signatureLength() <= MAX_INTERMEDIATES) {
                handler.escape(sequence);
            }
        } else {
            state = State.ESCAPE_INTERMEDIATE;
            forgetIntermediatesBeyondLimit();
        }
    }

    private void forgetIntermediatesBeyondLimit() {
        if (sequence.signatureLength() > MAX_INTERMEDIATES + 1) {
            sequence.clear();
            for (int i = 0; i <= MAX_INTERMEDIATES; i++) {
                sequence.add(' ');
            }
        }
    }

    private void csi(int code) {
        if (code >= '@') {
            boolean ignored = state == State.CSI_IGNORED;
            state = State.GROUND;
            if (!ignored) {
                sequence.add(code);
                handler.csi(sequence);
            }
        } else if (state != State.CSI_IGNORED) {
            state = header(code, State.CSI_ENTRY, State.CSI_PARAMETERS, State.CSI_INTERMEDIATE, State.CSI_IGNORED);
        }
    }

    private void dcs(int code) {
        if (code >= '@') {
            sequence.add(code);
            state = State.DCS_TEXT;
        } else {
            state = header(code, State.DCS_ENTRY, State.DCS_PARAMETERS, State.DCS_INTERMEDIATE, State.DCS_IGNORED);
        }
    }

    /** A parameter, a prefix or an intermediate. */
    private State header(int code, State entry, State parameters, State intermediate, State ignored) {
        if (code < '0') {
            sequence.add(code);
            return sequence.signatureLength() > MAX_INTERMEDIATES ? ignored : intermediate;
        }
        if (state == intermediate) {
            return ignored;
        }
        if (code <= '9') {
            sequence.digit(code - '0');
        } else if (code == ';') {
            sequence.parameterStarts();
        } else if (code == ':') {
            sequence.subParameterStarts();
        } else if (state == entry) {
            sequence.add(code);
        } else {
            return ignored;
        }
        return parameters;
    }
}

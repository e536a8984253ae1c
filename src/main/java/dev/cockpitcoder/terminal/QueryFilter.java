package dev.cockpitcoder.terminal;

import java.io.ByteArrayOutputStream;
import java.util.function.BooleanSupplier;

import dev.cockpitcoder.screen.ControlSequence;
import dev.cockpitcoder.screen.SequenceHandler;
import dev.cockpitcoder.screen.SequenceParser;

/**
 * Takes the queries out of output for a terminal that would answer them. A sequence that is not complete yet waits for its end, unless it
 * is longer than any query. For one thread.
 */
final class QueryFilter implements SequenceHandler {
    private static final int LONGEST_QUERY = 512;
    private static final byte ESC = 0x1b;

    private final BooleanSupplier answersColors;
    private final SequenceParser parser = new SequenceParser(this);
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean query;
    private boolean passing;
    private boolean endsQuery;

    /** @param answersColors whether queries about colors stay, now */
    QueryFilter(BooleanSupplier answersColors) {
        this.answersColors = answersColors;
    }

    /** What of these bytes, and of those held before, is to be sent. */
    byte[] filter(byte[] bytes, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + held.size());
        for (int i = 0; i < length; i++) {
            byte each = bytes[i];
            if (parser.atRest() && each != ESC) {
                out.write(each);
                continue;
            }
            parser.next(each >= 0 ? each : '\u00ff');
            if (each == ESC) {
                begin(out);
            }
            held.write(each);
            if (parser.atRest()) {
                end(out);
            } else if (held.size() > LONGEST_QUERY) {
                passing = true;
                release(out);
            }
        }
        return out.toByteArray();
    }

    /** What is held. */
    byte[] rest() {
        byte[] rest = held.toByteArray();
        held.reset();
        return rest;
    }

    /** An escape character ends what was before it, and may be the first half of that end. */
    private void begin(ByteArrayOutputStream out) {
        endsQuery = query && !passing;
        if (endsQuery) {
            held.reset();
        } else {
            release(out);
        }
        query = false;
        passing = false;
    }

    private void end(ByteArrayOutputStream out) {
        if (query && !passing) {
            held.reset();
        } else {
            release(out);
        }
        query = false;
        passing = false;
        endsQuery = false;
    }

    private void release(ByteArrayOutputStream out) {
        out.writeBytes(held.toByteArray());
        held.reset();
    }

    @Override
    public void escape(ControlSequence sequence) {
        query |= endsQuery && sequence.signature().equals("\\");
    }

    @Override
    public void csi(ControlSequence sequence) {
        query |= Query.of(sequence) != null;
    }

    @Override
    public void dcs(ControlSequence sequence, String text) {
        query |= Query.of(sequence, text) != null;
    }

    @Override
    public void osc(String text) {
        query |= !Query.ofColors(text).isEmpty() && !answersColors.getAsBoolean();
    }
}

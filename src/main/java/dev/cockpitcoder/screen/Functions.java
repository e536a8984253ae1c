package dev.cockpitcoder.screen;

/** What the control characters and sequences do (ECMA-48, DEC's manuals, xterm's control sequences). */
final class Functions implements SequenceHandler {
    private static final int NEL = 0x85;
    private static final int IND = 0x84;
    private static final int HTS = 0x88;
    private static final int LONGEST_LINK = 2048;

    private final Drawing drawing;
    private final ScreenEditing editing;

    Functions(Drawing drawing) {
        this.drawing = drawing;
        this.editing = new ScreenEditing(drawing);
    }

    private Buffer buffer() {
        return drawing.buffer();
    }

    @Override
    public void print(int codePoint) {
        drawing.print(codePoint);
    }

    @Override
    public void execute(int control) {
        drawing.interrupted();
        switch (control) {
            case '\b' -> backspace();
            case '\t' -> tab(1);
            case '\n', 0x0b, '\f' -> lineFeed();
            case '\r' -> buffer().x = 0;
            case 0x0e -> drawing.charsets().use(1);
            case 0x0f -> drawing.charsets().use(0);
            case IND -> index();
            case NEL -> nextLine();
            case HTS -> buffer().setTab();
            default -> {}
        }
    }

    private void backspace() {
        Buffer at = buffer();
        if (!drawing.modes().reverseWrap()) {
            drawing.restrict(at.cols() - 1);
            at.x = Math.max(0, at.x - 1);
            return;
        }
        drawing.restrict(at.cols());
        if (at.x > 0) {
            at.x--;
        } else if (at.y > at.top && at.y <= at.bottom && at.line().wrapped()) {
            at.line().wrapped(false);
            at.y--;
            at.x = at.cols() - 1;
            if (at.line().continued(at.x)) {
                at.x--;
            }
        }
        drawing.restrict(at.cols() - 1);
    }

    private void tab(int times) {
        for (int i = 0; i < Math.min(times, buffer().cols()) && buffer().x < buffer().cols(); i++) {
            buffer().x = buffer().nextTab(buffer().x);
        }
    }

    private void backTab(int times) {
        for (int i = 0; i < Math.min(times, buffer().cols()) && buffer().x < buffer().cols(); i++) {
            buffer().x = buffer().previousTab(buffer().x);
        }
    }

    private void lineFeed() {
        Buffer at = buffer();
        if (drawing.modes().newline()) {
            at.x = 0;
        }
        boolean scrolls = at.y == at.bottom;
        drawing.index(false);
        if (!scrolls) {
            at.line().wrapped(false);
        }
        at.x = Math.min(at.x, at.cols() - 1);
    }

    private void index() {
        drawing.restrict(buffer().cols() - 1);
        drawing.index(false);
        drawing.restrict(buffer().cols() - 1);
    }

    private void nextLine() {
        buffer().x = 0;
        index();
    }

    private void reverseIndex() {
        drawing.restrict(buffer().cols() - 1);
        if (buffer().y == buffer().top) {
            buffer().insertLine(buffer().top, drawing.pen().erasing());
        } else {
            buffer().y--;
            drawing.restrict(buffer().cols() - 1);
        }
    }

    @Override
    public void escape(ControlSequence sequence) {
        drawing.interrupted();
        String signature = sequence.signature();
        if (Charsets.isDesignation(signature)) {
            drawing.charsets().designate(signature);
            return;
        }
        switch (signature) {
            case "7" -> drawing.save();
            case "8" -> drawing.restore();
            case "D" -> index();
            case "E" -> nextLine();
            case "H" -> buffer().setTab();
            case "M" -> reverseIndex();
            case "=" -> drawing.modes().dec(Modes.KEYPAD, true);
            case ">" -> drawing.modes().dec(Modes.KEYPAD, false);
            case "c" -> drawing.reset();
            case "n" -> drawing.charsets().use(2);
            case "o", "|" -> drawing.charsets().use(3);
            case "}" -> drawing.charsets().use(2);
            case "~" -> drawing.charsets().use(1);
            case "%@", "%G" -> {
                drawing.charsets().use(0);
                drawing.charsets().designate("(B");
            }
            case "#8" -> editing.align();
            default -> {}
        }
    }

    @Override
    public void csi(ControlSequence s) {
        String signature = s.signature();
        if (signature.equals("b")) {
            drawing.repeat(s.steps(0));
            return;
        }
        drawing.interrupted();
        if (!editing.does(signature, s) && !moves(signature, s)) {
            sets(signature, s);
        }
    }

    private boolean moves(String signature, ControlSequence s) {
        Buffer at = buffer();
        switch (signature) {
            case "A" -> up(s.steps(0));
            case "B" -> down(s.steps(0));
            case "C", "a" -> drawing.moveBy(s.steps(0), 0);
            case "D" -> drawing.moveBy(-s.steps(0), 0);
            case "E" -> {
                down(s.steps(0));
                at.x = 0;
            }
            case "F" -> {
                up(s.steps(0));
                at.x = 0;
            }
            case "G", "`" -> drawing.moveTo(s.steps(0) - 1, at.y);
            case "H", "f" -> drawing.moveTo(s.steps(1) - 1, s.steps(0) - 1);
            case "d" -> drawing.moveTo(at.x, s.steps(0) - 1);
            case "e" -> drawing.moveBy(0, s.steps(0));
            case "I" -> tab(s.steps(0));
            case "Z" -> backTab(s.steps(0));
            case "s" -> drawing.save();
            case "u" -> drawing.restore();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void up(int steps) {
        int room = buffer().y - buffer().top;
        drawing.moveBy(0, -(room >= 0 ? Math.min(room, steps) : steps));
    }

    private void down(int steps) {
        int room = buffer().bottom - buffer().y;
        drawing.moveBy(0, room >= 0 ? Math.min(room, steps) : steps);
    }

    private void sets(String signature, ControlSequence s) {
        switch (signature) {
            case "m" -> drawing.pen(Rendition.apply(drawing.pen(), s));
            case "r" -> region(s);
            case "g" -> {
                if (s.parameter(0) == 0) {
                    buffer().clearTab();
                } else if (s.parameter(0) == 3) {
                    buffer().clearTabs();
                }
            }
            case "h", "l" -> {
                for (int i = 0; i < s.count(); i++) {
                    drawing.modes().ansi(s.parameter(i), signature.equals("h"));
                }
            }
            case "?h", "?l" -> {
                for (int i = 0; i < s.count(); i++) {
                    mode(s.parameter(i), signature.equals("?h"));
                }
            }
            case "!p" -> softReset();
            case " q" -> drawing.modes().cursorStyle(s.parameter(0));
            case "\"q" ->
                drawing.pen(
                        s.parameter(0) == 1
                                ? drawing.pen().with(Pen.PROTECTED)
                                : drawing.pen().without(Pen.PROTECTED));
            default -> {}
        }
    }

    private void region(ControlSequence s) {
        int rows = buffer().rows();
        int top = s.steps(0);
        int bottom = s.parameter(1) == 0 ? rows : Math.min(rows, s.parameter(1));
        if (bottom > top) {
            buffer().top = top - 1;
            buffer().bottom = bottom - 1;
            drawing.moveTo(0, 0);
        }
    }

    private void mode(int mode, boolean on) {
        switch (mode) {
            case 2 -> {
                for (char set : "()*+".toCharArray()) {
                    drawing.charsets().designate(set + "B");
                }
            }
            case Modes.ORIGIN -> {
                drawing.modes().dec(mode, on);
                drawing.moveTo(0, 0);
            }
            case 1048 -> saved(on);
            case 47, 1047, 1049 -> {
                if (on) {
                    saved(mode == 1049, true);
                    drawing.showAlternate();
                } else {
                    drawing.showMain();
                    saved(mode == 1049, false);
                }
            }
            default -> drawing.modes().dec(mode, on);
        }
    }

    private void saved(boolean wanted, boolean on) {
        if (wanted) {
            saved(on);
        }
    }

    private void saved(boolean on) {
        if (on) {
            drawing.save();
        } else {
            drawing.restore();
        }
    }

    private void softReset() {
        buffer().top = 0;
        buffer().bottom = buffer().rows() - 1;
        buffer().forgetSaved();
        drawing.pen(Pen.PLAIN);
        drawing.modes().softReset();
        drawing.charsets().reset();
    }

    @Override
    public void osc(String text) {
        drawing.interrupted();
        int semicolon = text.indexOf(';');
        String command = semicolon < 0 ? text : text.substring(0, semicolon);
        String rest = semicolon < 0 ? "" : text.substring(semicolon + 1);
        switch (command) {
            case "0", "2" -> drawing.title(rest);
            case "4" -> drawing.palette().indexed(rest);
            case "8" -> link(rest);
            case "10", "11", "12" -> drawing.palette().special(Integer.parseInt(command), rest);
            case "104" -> drawing.palette().resetIndexed(rest);
            case "110", "111", "112" -> drawing.palette().resetSpecial(Integer.parseInt(command) - 100);
            default -> {}
        }
    }

    private void link(String parametersAndTarget) {
        int semicolon = parametersAndTarget.indexOf(';');
        boolean ends = semicolon == parametersAndTarget.length() - 1;
        if (semicolon >= 0 && parametersAndTarget.length() <= LONGEST_LINK) {
            drawing.pen(drawing.pen().link(ends ? null : parametersAndTarget));
        }
    }

    @Override
    public void dcs(ControlSequence sequence, String text) {
        drawing.interrupted();
    }
}

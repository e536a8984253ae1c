package dev.cockpitcoder.screen;

/** What the control characters and sequences do (ECMA-48, DEC's manuals, xterm's control sequences). */
final class Functions implements SequenceHandler {
    private static final int NEL = 0x85;
    private static final int IND = 0x84;
    private static final int HTS = 0x88;

    private final Drawing drawing;
    private final ScreenEditing editing;
    private final ScreenSettings settings;

    Functions(Drawing drawing) {
        this.drawing = drawing;
        this.editing = new ScreenEditing(drawing);
        this.settings = new ScreenSettings(drawing);
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
            settings.csi(signature, s);
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

    @Override
    public void osc(String text) {
        drawing.interrupted();
        settings.osc(text);
    }

    @Override
    public void dcs(ControlSequence sequence, String text) {
        drawing.interrupted();
    }
}

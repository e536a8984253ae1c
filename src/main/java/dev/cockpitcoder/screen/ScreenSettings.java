package dev.cockpitcoder.screen;

/** The sequences that set something: renditions, modes, the scroll region, tab stops, the title, links and colors. */
final class ScreenSettings {
    private static final int LONGEST_LINK = 2048;

    private final Drawing drawing;

    ScreenSettings(Drawing drawing) {
        this.drawing = drawing;
    }

    private Buffer buffer() {
        return drawing.buffer();
    }

    void csi(String signature, ControlSequence s) {
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

    void osc(String text) {
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
}

// PDF/A-2a and PDF/UA-1 of one file by veraPDF's engine, in one run. Tab separated, for bantin/preflight/tools.py:
// profile, its name, whether it holds, assertions made; then failed, clause, place, reason for each that does not hold.
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Validate {
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        VeraGreenfieldFoundryProvider.initialise();
        List<PDFAFlavour> flavours = List.of(PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(args[0]));
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavours)) {
            for (ValidationResult result : validator.validateAll(parser)) {
                say(out, "profile", result.getPDFAFlavour(), result.isCompliant(), result.getTotalAssertions());
                for (TestAssertion a : result.getTestAssertions()) {
                    String clause = a.getRuleId().getClause() + "-" + a.getRuleId().getTestNumber();
                    say(out, "failed", clause, a.getLocation().getContext(), a.getMessage());
                }
            }
        }
    }

    private static void say(PrintStream out, Object... cells) {
        StringBuilder line = new StringBuilder();
        for (Object cell : cells) {
            line.append(line.length() > 0 ? "\t" : "").append(String.valueOf(cell).replaceAll("\\s+", " "));
        }
        out.println(line);
    }
}

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDF files by the veraPDF engine, one line a file and flavour, then one line for each rule that failed.
 *
 * <p>Usage: {@code java VeraCheck 3a,ua1 FILE...}; exit 0: every file conforms to every flavour; 1: one does not; 2: no verdict.
 *
 * <p>Always true: a verdict rests on at least one check. A file that cannot be parsed has no verdict, and that is never a pass.
 */
public final class VeraCheck {
    /** The engine's profiles, by the name each has among its resources. */
    private static final Map<String, String> PROFILES =
            Map.of("3a", "PDFA-3A", "3b", "PDFA-3B", "3u", "PDFA-3U", "ua1", "PDFUA-1");

    public static void main(String[] arguments) {
        if (arguments.length < 2) {
            System.err.println("usage: VeraCheck FLAVOUR[,FLAVOUR] FILE...");
            System.exit(2);
        }
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        try {
            System.exit(judgeAll(List.of(arguments[0].split(",")), List.of(arguments).subList(1, arguments.length)) ? 0 : 1);
        } catch (Exception cause) {
            System.err.println("no verdict: " + cause);
            System.exit(2);
        }
    }

    private static boolean judgeAll(List<String> flavours, List<String> files) throws Exception {
        boolean all = true;
        for (String name : flavours) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
            ValidationProfile profile = profile(flavour, name);
            for (String file : files) {
                all &= judge(file, flavour, profile);
            }
        }
        return all;
    }

    private static boolean judge(String file, PDFAFlavour flavour, ValidationProfile profile) throws Exception {
        int everyFailure = Integer.MAX_VALUE;
        try (PDFAParser document = Foundries.defaultInstance().createParser(new File(file), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, everyFailure, false, true, false)) {
            ValidationResult result = validator.validate(document);
            if (result.getTotalAssertions() == 0) {
                throw new IllegalStateException(file + ": the engine checked nothing");
            }
            System.out.printf(
                    "%s %s %s (%d checks, %d rules failed)%n",
                    result.isCompliant() ? "PASS" : "FAIL",
                    flavour.getId(),
                    file,
                    result.getTotalAssertions(),
                    result.getFailedChecks().size());
            failedRules(result).forEach((rule, where) -> System.out.println("     " + rule + where));
            return result.isCompliant();
        }
    }

    /** Each failed rule with what it says, and the first place it failed at with the number of the others. */
    private static Map<String, String> failedRules(ValidationResult result) {
        Map<String, List<String>> places = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                String says = rule + " " + assertion.getMessage().replaceAll("\\s+", " ");
                places.computeIfAbsent(says, none -> new ArrayList<>()).add(assertion.getLocation().getContext());
            }
        }
        Map<String, String> shown = new LinkedHashMap<>();
        places.forEach((rule, all) ->
                shown.put(rule, "\n       at " + all.get(0) + (all.size() > 1 ? " and " + (all.size() - 1) + " more" : "")));
        return shown;
    }

    /**
     * The profile that the engine carries, read by hand: the engine's own reader needs a JAXB implementation, which the archive
     * does not hold.
     */
    private static ValidationProfile profile(PDFAFlavour flavour, String name) throws Exception {
        String resource = "/org/verapdf/pdfa/validation/" + PROFILES.get(name) + ".xml";
        Element root;
        try (InputStream xml = VeraCheck.class.getResourceAsStream(resource)) {
            if (xml == null) {
                throw new IOException("the engine has no profile " + resource);
            }
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : elements(root, "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element variable : elements(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"),
                    variable.getAttribute("object"),
                    text(variable, "defaultValue"),
                    text(variable, "value")));
        }
        if (rules.isEmpty()) {
            throw new IOException(resource + " has no rules");
        }
        return Profiles.profileFromValues(flavour, Profiles.profileDetailsFromValues(name, "", "", new Date()), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = elements(rule, "id").get(0);
        String deferred = rule.getAttribute("deferred");
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                deferred.isEmpty() ? null : Boolean.valueOf(deferred),
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), List.of()),
                List.of());
    }

    private static List<Element> elements(Element within, String name) {
        NodeList found = within.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int at = 0; at < found.getLength(); at++) {
            elements.add((Element) found.item(at));
        }
        return elements;
    }

    private static String text(Element within, String name) {
        List<Element> found = elements(within, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}

/** Runs the decision table against the rules of the page, written here once more: Run.java DIRECTORY. */
import java.nio.file.*; import java.util.*; import java.util.regex.*;
class Run {
  static final List<String> ORDER = List.of("FAILED", "DECLINED", "OPERATOR_REQUIRED", "SUCCESS");
  static final List<String> NAMES = List.of("failed", "declined", "operator-required", "passed");
  /** A small reader of JSON: objects become maps, arrays lists, and all else the text as it stands. */
  static final Pattern TOKEN = Pattern.compile("[{}\\[\\],:]|\"((?:[^\"\\\\]|\\\\.)*)\"|[^\\s{}\\[\\],:]+");
  static Object read(Matcher at) {
    if (at.find() && at.group().equals("{") || at.group().equals("[")) {
      boolean object = at.group().equals("{");
      var map = new LinkedHashMap<String, Object>(); var list = new ArrayList<Object>();
      for (Object item = read(at); !"]".equals(item) && !"}".equals(item); item = read(at)) {
        if (object && !",".equals(item) && at.find()) map.put((String) item, read(at)); // find skips the colon
        else if (!",".equals(item)) list.add(item);
      }
      return object ? map : list;
    }
    return at.group(1) != null ? at.group(1) : at.group();
  }
  static String worst(List<String> statuses, Map<String, String> reading) {
    boolean swaps = reading.get("failed-beside-declined").equals("declined");
    return Collections.min(statuses, Comparator.comparing(one -> { int at = ORDER.indexOf(one); return swaps && at < 2 ? 1 - at : at; }));
  }
  /** Whether something may run although neither field says so: unless one of them would have to say it. */
  static boolean mayRun(String stage, String result, Map<String, String> reading) {
    boolean stageTells = !reading.get("status-scope").equals("last-applied-group") && (stage.equals("FINISHED") || reading.get("status-precedence").equals("processing-first"));
    String scope = reading.get("result-scope");
    var asked = Map.of("last-finished-group", "result-while-running", "last-applied-group", "result-while-earlier-runs");
    boolean resultTells = !asked.containsKey(scope) || reading.get(asked.get(scope)).equals("processing");
    boolean asks = reading.get("status-precedence").equals("failed-first") && reading.get("failed-beside-declined").equals("failed");
    boolean failsFirst = asks && reading.get("result-precedence").equals("failed-first");
    return !stageTells && (!resultTells || failsFirst && result.equals("FAILED"));
  }
  static final List<String> STATES = List.of("PROCESSING", "FAILED", "FINISHED");
  /** Whether settled groups can show this under some reading: the result is that of a group, the stage that of some. */
  static boolean explained(String stage, String result, List<Map<String, String>> analyses, List<Map<String, String>> readings) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (var one : analyses) groups.computeIfAbsent(one.getOrDefault("group_id", "#" + groups.size()), key -> new ArrayList<>()).add(one.get("resolution_status"));
    return groups.values().stream().anyMatch(group -> group.contains("FAILED") == stage.equals("FAILED"))
      && groups.values().stream().anyMatch(group -> readings.stream().anyMatch(reading -> worst(group, reading).equals(result)));
  }
  /** What is said of an answer that no folder gives, or null. */
  static String noFolder(String stage, String result, List<Map<String, String>> analyses, List<Map<String, String>> readings) {
    boolean known = (stage.equals("INITIAL") || STATES.contains(stage)) && (List.of("INITIAL", "PROCESSING").contains(result) || ORDER.contains(result));
    boolean agree = true, runs = List.of("INITIAL", "PROCESSING").contains(stage) || List.of("INITIAL", "PROCESSING").contains(result), open = false;
    for (var one : analyses) {
      String state = one.get("state"), shown = one.get("resolution_status"), inherited = shown == null ? state : shown;
      known &= STATES.contains(state) && (shown == null || shown.equals("PROCESSING") || ORDER.contains(shown));
      agree &= state.equals(STATES.contains(inherited) ? inherited : "FINISHED");
      runs |= inherited.equals("PROCESSING"); open |= shown == null;
    }
    if (!known || !agree) return known ? "unknown contradiction" : "unknown status";
    if (runs || analyses.isEmpty()) return null;
    return open ? "incomplete results" : explained(stage, result, analyses, readings) ? null : "unknown contradiction";
  }
  /** The verdict and, of one that is incomplete, the reason. */
  static String verdict(String stage, String result, List<String> statuses, boolean isMissing, Map<String, String> reading) {
    var shown = new ArrayList<>(statuses); shown.add(stage); shown.add(result);
    boolean hasList = !statuses.isEmpty();
    if (shown.contains("INITIAL") || shown.contains("PROCESSING") || !hasList && mayRun(stage, result, reading)) return "pending";
    // Every analysis counts, and without a list nobody passes.
    String decides = hasList ? worst(statuses, reading) : stage.equals("FAILED") && result.equals("SUCCESS") ? "FAILED" : result;
    return !decides.equals("SUCCESS") || hasList && !isMissing ? NAMES.get(ORDER.indexOf(decides)) : "incomplete " + (hasList ? "kinds" : "list");
  }
  static String told(Map<String, Object> said) { return said.get("verdict") + (said.containsKey("because") ? " " + said.get("because") : ""); }
  @SuppressWarnings("unchecked") public static void main(String[] args) throws Exception {
    int agree = 0, differ = 0;
    var index = (Map<String, Object>) read(TOKEN.matcher(Files.readString(Path.of(args[0], "decisions.json"))));
    var readings = (List<Map<String, String>>) index.get("readings");
    for (String line : Files.readAllLines(Path.of(args[0], "decisions.jsonl"))) {
      var row = (Map<String, Object>) read(TOKEN.matcher(line));
      var answer = (Map<String, Object>) row.get("answer");
      var analyses = (List<Map<String, String>>) answer.getOrDefault("analyses", List.of());
      var missing = new ArrayList<>((List<String>) row.get("requires")); missing.removeAll(analyses.stream().map(one -> one.get("type")).toList());
      var statuses = analyses.stream().map(one -> one.get("resolution_status")).toList();
      String stage = (String) answer.get("resolution_status"), result = (String) answer.get("system_resolution");
      String wrong = noFolder(stage, result, analyses, readings);
      Map<Integer, String> wanted = new TreeMap<>(), found = new TreeMap<>();
      for (var one : (List<Map<String, Object>>) row.get("under"))
        for (String span : ((String) one.get("readings")).split(",")) {
          String[] ends = span.split("-");
          for (int at = Integer.parseInt(ends[0]); at <= Integer.parseInt(ends[ends.length - 1]); at++) {
            wanted.put(at, told(one));
            if (wrong == null) found.put(at, verdict(stage, result, statuses, !missing.isEmpty(), readings.get(at)));
          }
        }
      var alike = new HashSet<>(found.values());
      String together = wrong != null ? wrong : alike.size() == 1 ? alike.iterator().next() : "unknown readings";
      boolean isRight = missing.equals(row.get("missing")) && found.equals(wanted) && together.equals(told((Map<String, Object>) row.get("together")));
      if (isRight) agree++; else { differ++; System.out.println(row.get("id") + ": expected " + wanted + ", received " + found); }
    }
    System.out.println(agree + " agree, " + differ + " differ");
    System.exit(agree > 0 && differ == 0 ? 0 : 1);
  }
}

#include "storage/tables/csv.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <exception>
#include <new>

namespace sohoa {
namespace {

/// Bytes of one record: a row of a register has some hundred.
constexpr std::size_t kLongestRecord = 1u << 20;

}  // namespace

struct CsvParser::State {
  State(char separator, Visit callback) : visit(std::move(callback)) {
    if (csv_init(&parser, 0) != 0) throw std::bad_alloc();
    csv_set_delim(&parser, static_cast<unsigned char>(separator));
    // Keep white space as it is: the separator may be a tab, which libcsv would trim.
    csv_set_space_func(&parser, [](unsigned char) { return 0; });
  }
  ~State() { csv_free(&parser); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  static void onField(void* bytes, std::size_t size, void* data) {
    static_cast<State*>(data)->fields.emplace_back(static_cast<const char*>(bytes), size);
  }
  static void onRecord(int, void* data) {
    auto* state = static_cast<State*>(data);
    try {
      if (!state->error) state->visit(state->fields, state->recordLine);
    } catch (...) {
      state->error = std::current_exception();  // must not cross the C library
    }
    state->fields.clear();
    state->inRecord = false;
    state->recordBytes = 0;
  }
  void rethrow() {
    if (error) std::rethrow_exception(error);
  }

  csv_parser parser{};
  Visit visit;
  std::vector<std::string> fields;
  int line = 1, recordLine = 1, lastLine = 1;
  bool inRecord = false;
  std::size_t recordBytes = 0;
  std::exception_ptr error;
};

CsvParser::CsvParser(char separator, Visit visit)
    : state_(std::make_unique<State>(separator, std::move(visit))) {}
CsvParser::~CsvParser() = default;
int CsvParser::lastLine() const { return state_->lastLine; }

bool CsvParser::feed(std::string_view piece) {
  State& state = *state_;
  // Given line by line, so that it is known where a record began even if fields span lines.
  while (!piece.empty()) {
    const auto newline = piece.find('\n');
    const std::string_view part = piece.substr(0, newline == piece.npos ? newline : newline + 1);
    piece.remove_prefix(part.size());
    // An empty line, or the LF of a CRLF that came in two pieces, begins no record.
    if (!state.inRecord && part.find_first_not_of("\r\n") != std::string_view::npos) {
      state.recordLine = state.lastLine = state.line;
      state.inRecord = true;
    }
    if (state.inRecord) state.recordBytes += part.size();
    if (state.recordBytes > kLongestRecord) return false;
    if (csv_parse(&state.parser, part.data(), part.size(), State::onField, State::onRecord,
                  &state) != part.size()) {
      return false;
    }
    state.rethrow();
    if (newline != std::string_view::npos) ++state.line;
  }
  return true;
}

bool CsvParser::finish() {
  State& state = *state_;
  // Lenient about quotes inside a field, strict about one that never ends.
  csv_set_opts(&state.parser, CSV_STRICT | CSV_STRICT_FINI);
  const bool closed = csv_fini(&state.parser, State::onField, State::onRecord, &state) == 0;
  state.rethrow();
  return closed;
}

bool readCsv(std::string_view text, char separator, const CsvParser::Visit& visit, int& lastLine) {
  CsvParser parser(separator, visit);
  const bool whole = parser.feed(text) && parser.finish();
  lastLine = parser.lastLine();
  return whole;
}

char csvSeparator(std::string_view text) {
  static constexpr std::array kSeparators = {',', ';', '\t'};
  std::array<int, 3> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    // A title above the headings has none.
    if (c == '\n' && *std::max_element(counts.begin(), counts.end()) > 0) break;
    for (std::size_t i = 0; i < kSeparators.size(); ++i) counts[i] += c == kSeparators[i] ? 1 : 0;
  }
  const auto most = std::max_element(counts.begin(), counts.end()) - counts.begin();
  return kSeparators[static_cast<std::size_t>(most)];
}

std::string csvField(std::string_view text) {
  const bool plain = text.find_first_of(",;\t\"\r\n") == std::string_view::npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (plain) return std::string(text);
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace sohoa

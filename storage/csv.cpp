#include "storage/csv.h"

#include <csv.h>

#include <algorithm>
#include <exception>
#include <new>

namespace sohoa {
namespace {

class Parser {
 public:
  explicit Parser(char separator) {
    if (csv_init(&parser_, 0) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    // Keep white space as it is: the separator may be a tab, which libcsv would trim.
    csv_set_space_func(&parser_, [](unsigned char) { return 0; });
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  csv_parser* get() { return &parser_; }

 private:
  csv_parser parser_{};
};

struct Reading {
  const std::function<void(const std::vector<std::string>&, int)>& visit;
  std::vector<std::string> fields;
  int line = 1, recordLine = 1;
  bool inRecord = false;
  std::exception_ptr error;  ///< must not cross the C library
};

void onField(void* bytes, std::size_t size, void* data) {
  static_cast<Reading*>(data)->fields.emplace_back(static_cast<const char*>(bytes), size);
}

void onRecord(int, void* data) {
  auto* reading = static_cast<Reading*>(data);
  try {
    if (!reading->error) reading->visit(reading->fields, reading->recordLine);
  } catch (...) {
    reading->error = std::current_exception();
  }
  reading->fields.clear();
  reading->inRecord = false;
}

}  // namespace

bool readCsv(std::string_view text, char separator,
             const std::function<void(const std::vector<std::string>&, int)>& visit,
             int& lastLine) {
  Parser parser(separator);
  Reading reading{visit, {}, 1, 1, false, nullptr};
  // Given line by line, so that it is known where a record began even if fields span lines.
  for (std::size_t at = 0; at < text.size(); ++reading.line) {
    const auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
    if (!reading.inRecord) reading.recordLine = reading.line;
    reading.inRecord = true;
    lastLine = reading.recordLine;
    if (csv_parse(parser.get(), text.data() + at, end - at, onField, onRecord, &reading) !=
        end - at) {
      return false;
    }
    if (reading.error) std::rethrow_exception(reading.error);
    const std::string_view line = text.substr(at, end - at);
    if (line == "\n" || line == "\r\n") {  // passed over by libcsv unless inside quotes
      reading.inRecord = reading.inRecord && reading.recordLine != reading.line;
    }
    at = end;
  }
  // Lenient about quotes inside a field, strict about one that never ends.
  csv_set_opts(parser.get(), CSV_STRICT | CSV_STRICT_FINI);
  const bool closed = csv_fini(parser.get(), onField, onRecord, &reading) == 0;
  if (reading.error) std::rethrow_exception(reading.error);
  return closed;
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

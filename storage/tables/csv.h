#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// Takes CSV (RFC 4180) piece by piece and calls back with the fields of every record and the line
/// on which it begins, from 1. Lines may end with LF or CRLF; empty lines are passed over. What a
/// record may hold is limited, since a quote that is never closed would swallow the rest of a file.
class CsvParser {
 public:
  using Visit = std::function<void(std::vector<std::string>& fields, int line)>;
  CsvParser(char separator, Visit visit);
  ~CsvParser();
  CsvParser(const CsvParser&) = delete;
  CsvParser& operator=(const CsvParser&) = delete;

  /// False when a record is too long; lastLine() is then where it began. What `visit` throws comes
  /// out.
  bool feed(std::string_view piece);
  /// The end of the text. False when a quoted field is not closed.
  bool finish();
  int lastLine() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The whole of a text in memory. False when a quoted field is not closed; `lastLine` is then where
/// its record began.
bool readCsv(std::string_view text, char separator, const CsvParser::Visit& visit, int& lastLine);
/// The separator that stands most often in the first line that has any, outside quotes: ',' ';' or
/// tab.
char csvSeparator(std::string_view text);
/// One field, quoted when it has to be.
std::string csvField(std::string_view text);

}  // namespace sohoa

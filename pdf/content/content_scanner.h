#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// Operands of one operator of a content stream (ISO 32000-1:2008, 7.8.2), as far as places on the
/// page depend on them.
struct ContentOperands {
  struct Shown {
    std::string_view raw;  ///< as written, with its delimiters
    double shift = 0;      ///< the number behind it in an array of TJ
  };
  std::vector<double> numbers;
  std::vector<Shown> strings;
  std::string_view name;  ///< the last one, without '/'
  double firstShift = 0;  ///< a number before the first string of an array
  void clear();
};

/// Walks the operators of a content stream, tolerantly and fast: nothing is copied.
class ContentScanner {
 public:
  explicit ContentScanner(std::string_view content) : content_(content) {}
  /// The next operator with its operands; false at the end. Inline images are one operator, "BI".
  bool next(std::string_view& op, ContentOperands& operands);

 private:
  std::string_view word();
  std::string_view literalString();
  static void keep(std::string_view raw, ContentOperands& operands);
  std::string_view hexString();
  void number(ContentOperands& operands);
  void skipInlineImage();

  std::string_view content_;
  std::size_t at_ = 0;
  bool inArray_ = false;
};

/// The bytes of a string as written with its delimiters.
void appendStringBytes(std::string_view raw, std::string& out);

}  // namespace sohoa

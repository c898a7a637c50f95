#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sohoa {

/// Writes XML 1.0 in UTF-8, elements indented by one space, in the order of the calls. Text and
/// attribute values are escaped; what XML cannot contain (control characters, invalid UTF-8)
/// becomes U+FFFD.
class XmlText {
 public:
  using Attributes = std::vector<std::pair<std::string_view, std::string>>;

  XmlText();
  void open(std::string_view name, const Attributes& attributes = {});
  void close();
  /// An element with text only.
  void element(std::string_view name, std::string_view text, const Attributes& attributes = {});
  /// Closes all open elements and returns the text.
  std::string finish();

 private:
  void tag(std::string_view name, const Attributes& attributes);
  std::string text_;
  std::vector<std::string> open_;
};

/// Encodes a path as a relative URL reference (RFC 3986): everything but unreserved characters and
/// '/'.
std::string urlPath(std::string_view path);

}  // namespace sohoa

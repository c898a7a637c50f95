#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sohoa {

/// Writes XML 1.0 in UTF-8, elements indented by one space, in the order of the calls. Text and
/// attribute values are escaped; what XML cannot hold (control characters, bytes that are no UTF-8)
/// becomes U+FFFD.
class XmlText {
 public:
  using Attributes = std::vector<std::pair<std::string_view, std::string>>;

  XmlText();
  void open(std::string_view name, const Attributes& attributes = {});
  void close();
  /// An element with text only.
  void element(std::string_view name, std::string_view text, const Attributes& attributes = {});
  /// Closes whatever is open.
  std::string finish();

 private:
  void tag(std::string_view name, const Attributes& attributes);
  std::string text_;
  std::vector<std::string> open_;
};

/// A path as a relative URL reference (RFC 3986): all but unreserved characters and '/' encoded.
std::string urlPath(std::string_view path);

}  // namespace sohoa

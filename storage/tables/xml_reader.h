#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sohoa {

/// XML as a stream of events, for documents that are not ours: no document type, so no entities,
/// and no deeper than 64 elements. Names are local: what a prefix stands for is not looked at.
class XmlEvents {
 public:
  using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;
  struct Handler {
    virtual ~Handler() = default;
    virtual void begin(std::string_view name, const Attributes& attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view text) = 0;
  };
  explicit XmlEvents(Handler& handler);
  ~XmlEvents();
  XmlEvents(const XmlEvents&) = delete;
  XmlEvents& operator=(const XmlEvents&) = delete;

  /// False when it is not well-formed, or not of the kind above. What the handler throws comes out.
  bool feed(std::string_view piece, bool last);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The attribute, or empty.
std::string_view attributeOf(const XmlEvents::Attributes& attributes, std::string_view name);

}  // namespace sohoa

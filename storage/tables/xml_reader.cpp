#include "storage/tables/xml_reader.h"

#include <expat.h>

#include <exception>
#include <new>

namespace sohoa {
namespace {

constexpr int kDeepest = 64;
constexpr char kSeparator = '\n';

/// "<namespace>\n<name>"
std::string_view localName(const char* name) {
  const std::string_view whole(name);
  return whole.substr(whole.rfind(kSeparator) + 1);
}

}  // namespace

struct XmlEvents::State {
  explicit State(Handler& to) : handler(to), parser(XML_ParserCreateNS(nullptr, kSeparator)) {
    if (parser == nullptr) throw std::bad_alloc();
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, onBegin, onEnd);
    XML_SetCharacterDataHandler(parser, onText);
    XML_SetStartDoctypeDeclHandler(parser, onDoctype);
  }
  ~State() { XML_ParserFree(parser); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  /// Exceptions must not cross the C library.
  template <class Work>
  void guarded(Work work) {
    if (error) return;
    try {
      work();
    } catch (...) {
      error = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }
  static void onBegin(void* data, const XML_Char* name, const XML_Char** attributes) {
    auto& state = *static_cast<State*>(data);
    if (++state.depth > kDeepest) {
      XML_StopParser(state.parser, XML_FALSE);
      return;
    }
    state.attributes.clear();
    for (; *attributes != nullptr; attributes += 2) {
      state.attributes.emplace_back(localName(attributes[0]), attributes[1]);
    }
    state.guarded([&] { state.handler.begin(localName(name), state.attributes); });
  }
  static void onEnd(void* data, const XML_Char* name) {
    auto& state = *static_cast<State*>(data);
    --state.depth;
    state.guarded([&] { state.handler.end(localName(name)); });
  }
  static void onText(void* data, const XML_Char* text, int size) {
    auto& state = *static_cast<State*>(data);
    state.guarded([&] { state.handler.text({text, static_cast<std::size_t>(size)}); });
  }
  static void onDoctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    XML_StopParser(static_cast<State*>(data)->parser, XML_FALSE);
  }

  Handler& handler;
  XML_Parser parser;
  Attributes attributes;
  int depth = 0;
  std::exception_ptr error;
};

XmlEvents::XmlEvents(Handler& handler) : state_(std::make_unique<State>(handler)) {}
XmlEvents::~XmlEvents() = default;

bool XmlEvents::feed(std::string_view piece, bool last) {
  const auto status = XML_Parse(state_->parser, piece.data(), static_cast<int>(piece.size()),
                                last ? XML_TRUE : XML_FALSE);
  if (state_->error) std::rethrow_exception(state_->error);
  return status == XML_STATUS_OK;
}

std::string_view attributeOf(const XmlEvents::Attributes& attributes, std::string_view name) {
  for (const auto& [key, value] : attributes) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace sohoa

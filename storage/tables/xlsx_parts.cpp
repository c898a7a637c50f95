#include "storage/tables/xlsx_parts.h"

#include <charconv>

#include "core/result.h"

namespace sohoa {
namespace {

constexpr std::size_t kMostText = 256u << 20;

[[noreturn]] void refuse(const std::string& why) { throw BatchError(Cause::registerFormat, why); }

struct WorkbookHandler final : XmlEvents::Handler {
  explicit WorkbookHandler(const std::string& name) : wanted(name) {}
  void begin(std::string_view name, const XmlEvents::Attributes& attributes) override {
    if (name == "workbookPr") {
      const auto flag = attributeOf(attributes, "date1904");
      book.from1904 = flag == "1" || flag == "true";
    }
    if (name != "sheet") return;
    const auto sheet = attributeOf(attributes, "name");
    const auto state = attributeOf(attributes, "state");
    names += (names.empty() ? "" : ", ") + std::string(sheet);
    const bool hidden = state == "hidden" || state == "veryHidden";
    if (!hidden) book.visible.emplace_back(sheet);
    const bool fits = wanted.empty() ? !hidden : sheet == wanted;
    if (fits && book.sheetId.empty()) book.sheetId = attributeOf(attributes, "id");
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  const std::string& wanted;
  Workbook book;
  std::string names;
};

struct RelationshipHandler final : XmlEvents::Handler {
  void begin(std::string_view name, const XmlEvents::Attributes& attributes) override {
    if (name != "Relationship") return;
    std::string target(attributeOf(attributes, "Target"));
    target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    if (attributeOf(attributes, "Type").ends_with("/sharedStrings")) found.sharedStrings = target;
    found.byId[std::string(attributeOf(attributes, "Id"))] = std::move(target);
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  Relationships found;
};

struct StringsHandler final : XmlEvents::Handler {
  void begin(std::string_view name, const XmlEvents::Attributes&) override {
    if (name == "si") value.clear();
    if (name == "rPh") ++phonetic;
    if (name == "t") inText = phonetic == 0;
  }
  void text(std::string_view more) override {
    if (!inText) return;
    if (value.size() + more.size() > kLongestCell) refuse("a cell holds more text than a cell may");
    value += more;
  }
  void end(std::string_view name) override {
    if (name == "t") inText = false;
    if (name == "rPh") --phonetic;
    if (name != "si") return;
    texts += withoutEscapes(value);
    if (texts.size() > kMostText)
      refuse("the workbook holds too much text: save it as \"CSV UTF-8\"");
    ends.push_back(static_cast<std::uint32_t>(texts.size()));
  }
  std::string texts, value;
  std::vector<std::uint32_t> ends;
  int phonetic = 0;
  bool inText = false;
};

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

Workbook readWorkbook(const std::string& xml, const std::string& sheet) {
  WorkbookHandler handler(sheet);
  if (!XmlEvents(handler).feed(xml, true)) refuse("a damaged workbook");
  if (handler.book.sheetId.empty()) {
    refuse("the workbook has no sheet \"" + sheet + "\", only: " + handler.names);
  }
  return handler.book;
}

Relationships readRelationships(const std::string& xml) {
  RelationshipHandler handler;
  if (!XmlEvents(handler).feed(xml, true)) refuse("a damaged workbook");
  return std::move(handler.found);
}

void SharedStrings::read(ZipReader::Stream stream) {
  StringsHandler handler;
  XmlEvents events(handler);
  for (;;) {
    const std::string_view piece = stream.next();
    if (!events.feed(piece, piece.empty())) refuse("a damaged workbook: its texts are not XML");
    if (piece.empty()) break;
  }
  texts_ = std::move(handler.texts);
  ends_ = std::move(handler.ends);
}

std::string SharedStrings::at(const std::string& number) const {
  std::size_t index = 0;
  const char* end = number.data() + number.size();
  const auto [rest, error] = std::from_chars(number.data(), end, index);
  if (error != std::errc() || rest != end || index >= ends_.size()) {
    refuse("a damaged workbook: it lacks text " + number);
  }
  const std::size_t from = index == 0 ? 0 : ends_[index - 1];
  return texts_.substr(from, ends_[index] - from);
}

std::string withoutEscapes(const std::string& text) {
  if (text.find("_x") == std::string::npos) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int code = 0;
    bool escape = text.compare(i, 2, "_x") == 0 && i + 6 < text.size() && text[i + 6] == '_';
    for (std::size_t d = i + 2; escape && d < i + 6; ++d) {
      const int digit = hexDigit(text[d]);
      escape = digit >= 0;
      code = code * 16 + digit;
    }
    if (!escape || code >= 0x80 || code == 0) {  // only controls and '_' itself are written so
      out += text[i];
      continue;
    }
    out += static_cast<char>(code);
    i += 6;
  }
  return out;
}

}  // namespace sohoa

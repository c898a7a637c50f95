#include "pdf/content/shown_text.h"

#include <algorithm>
#include <map>

#include "pdf/content/content_scanner.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr std::size_t kMaxText = 4000, kMaxMeanings = 70'000, kMaxContent = 4u << 20;
constexpr int kMaxOperators = 100'000, kMaxForms = 20, kMaxDepth = 6, kMaxFonts = 50;

std::uint32_t codeOf(std::string_view bytes) {
  std::uint32_t code = 0;
  for (const char c : bytes) code = code << 8 | static_cast<unsigned char>(c);
  return code;
}

/// What a font's codes mean (9.10.3).
struct Meanings {
  bool twoBytes = false;
  std::map<std::uint32_t, std::string> utf16;  ///< big-endian

  void read(std::string_view cmap) {
    PdfLexer lexer(cmap, 0);
    std::vector<PdfValue> values;
    for (std::size_t at = 0; utf16.size() < kMaxMeanings;) {
      lexer = PdfLexer(cmap, at);
      lexer.skipSpace();
      at = lexer.at();
      if (at >= cmap.size()) return;
      const char c = cmap[at];
      if (c == '<' || c == '[' || c == '/' || c == '(' || (c >= '0' && c <= '9')) {
        values.push_back(lexer.value());
        if (values.size() > 1000) return;
        at = lexer.at();
        continue;
      }
      std::size_t end = at;
      while (end < cmap.size() && !isPdfSpace(cmap[end]) && !isPdfDelimiter(cmap[end])) ++end;
      const std::string_view word = cmap.substr(at, end - at);
      if (word == "endbfchar") addSingles(values);
      if (word == "endbfrange") addRanges(values);
      values.clear();
      at = std::max(end, at + 1);
    }
  }

  std::string of(const std::string& bytes) const {
    if (utf16.empty()) return twoBytes ? "" : textOfPdfString(bytes);
    std::string units("\xfe\xff", 2);
    const std::size_t step = twoBytes ? 2 : 1;
    for (std::size_t i = 0; i + step <= bytes.size(); i += step) {
      const auto found = utf16.find(codeOf(std::string_view(bytes).substr(i, step)));
      if (found != utf16.end()) units += found->second;
    }
    return textOfPdfString(units);
  }

 private:
  void addSingles(const std::vector<PdfValue>& values) {
    for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
      utf16[codeOf(values[i].text)] = values[i + 1].text;
    }
  }
  void addRanges(const std::vector<PdfValue>& values) {
    for (std::size_t i = 0; i + 2 < values.size(); i += 3) {
      const std::uint32_t first = codeOf(values[i].text), last = codeOf(values[i + 1].text);
      std::string meaning = values[i + 2].text;
      for (std::uint32_t code = first; code <= last && utf16.size() < kMaxMeanings; ++code) {
        if (values[i + 2].is(Kind::array)) {
          const std::size_t index = code - first;
          if (index >= values[i + 2].items.size()) break;
          meaning = values[i + 2].items[index].text;
        }
        utf16[code] = meaning;
        if (meaning.empty()) break;
        meaning.back() = static_cast<char>(static_cast<unsigned char>(meaning.back()) + 1);
        if (code == 0xffffffff) break;
      }
    }
  }
};

class TextReader {
 public:
  explicit TextReader(const PdfRevisions& file) : file_(file) {}

  void run(const PdfObject& form, const PdfValue& outer, int depth) {
    if (!form.hasStream || depth > kMaxDepth || ++forms_ > kMaxForms) return;
    const PdfValue own = file_.get(form.value, "Resources");
    const PdfValue& resources = own.is(Kind::dictionary) ? own : outer;
    std::string content = file_.decoded(form);
    content.resize(std::min(content.size(), kMaxContent));
    ContentScanner scanner(content);
    ContentOperands operands;
    const Meanings* font = nullptr;
    for (std::string_view op; text.size() < kMaxText && scanner.next(op, operands);
         operands.clear()) {
      if (++operators_ > kMaxOperators) return;
      if (op == "Tf") font = fontNamed(operands.name, resources);
      if (op == "Td" || op == "TD" || op == "T*" || op == "Tm" || op == "BT" || op == "'" ||
          op == "\"") {
        if (!text.empty() && text.back() != '\n') text += '\n';
      }
      if (op == "Tj" || op == "TJ" || op == "'" || op == "\"") show(operands, font);
      if (op == "Do") draw(operands.name, resources, depth);
    }
  }

  std::string text;

 private:
  void show(const ContentOperands& operands, const Meanings* font) {
    static const Meanings plain;
    for (const auto& each : operands.strings) {
      std::string bytes;
      appendStringBytes(each.raw, bytes);
      text += (font != nullptr ? *font : plain).of(bytes);
      // A wide gap stands for a space.
      if (each.shift < -200) text += ' ';
    }
  }

  void draw(std::string_view name, const PdfValue& resources, int depth) {
    const PdfValue objects = file_.get(resources, "XObject");
    const PdfValue* reference = objects.find(name);
    if (reference == nullptr || !reference->is(Kind::reference)) return;
    const PdfObject object = file_.object(reference->reference);
    if (file_.get(object.value, "Subtype").isName("Form")) run(object, resources, depth + 1);
  }

  const Meanings* fontNamed(std::string_view name, const PdfValue& resources) {
    const PdfValue fonts = file_.get(resources, "Font");
    const PdfValue* given = fonts.find(name);
    const std::string key = given != nullptr ? serialise(*given) : "";
    const auto known = fonts_.find(key);
    if (known != fonts_.end()) return &known->second;
    if (given == nullptr || fonts_.size() >= kMaxFonts) return nullptr;
    Meanings& made = fonts_[key];
    const PdfValue font = file_.resolve(*given);
    made.twoBytes = file_.get(font, "Subtype").isName("Type0");
    const PdfValue* map = font.find("ToUnicode");
    if (map != nullptr && map->is(Kind::reference)) {
      const PdfObject stream = file_.object(map->reference);
      if (stream.hasStream) made.read(file_.decoded(stream));
    }
    return &made;
  }

  const PdfRevisions& file_;
  std::map<std::string, Meanings> fonts_;
  int operators_ = 0, forms_ = 0;
};

}  // namespace

std::string shownText(const PdfRevisions& file, const PdfObject& form) {
  TextReader reader(file);
  try {
    reader.run(form, PdfValue{}, 0);
  } catch (const PdfSyntaxError&) {
    // What was read until there.
  }
  return std::move(reader.text);
}

}  // namespace sohoa

#include "pdf/drawing/embedded_font.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "pdf/drawing/font_face.h"

namespace sohoa {

struct EmbeddedFont::State {
  std::shared_ptr<const FontFace> face;
  std::map<std::uint32_t, ShapedGlyph> used;  ///< by glyph of the whole font
  std::shared_ptr<const FontSubset> subset;
  /// Lines are measured, used and shown: shaped once.
  std::map<std::string, std::vector<ShapedGlyph>, std::less<>> shaped;

  const std::vector<ShapedGlyph>& shape(std::string_view text) {
    const auto found = shaped.find(text);
    if (found != shaped.end()) return found->second;
    return shaped.emplace(text, face->shape(text)).first->second;
  }
};

EmbeddedFont::EmbeddedFont(std::unique_ptr<State> state) : state_(std::move(state)) {}
EmbeddedFont::~EmbeddedFont() = default;
EmbeddedFont::EmbeddedFont(EmbeddedFont&&) noexcept = default;
EmbeddedFont& EmbeddedFont::operator=(EmbeddedFont&&) noexcept = default;

Result<EmbeddedFont> EmbeddedFont::open(const std::filesystem::path& font) {
  auto face = FontFace::open(font);
  if (!face) return face.error();
  auto state = std::make_unique<State>();
  state->face = *std::move(face);
  return EmbeddedFont(std::move(state));
}

double EmbeddedFont::widthOf(std::string_view utf8) const {
  int units = 0;
  for (const ShapedGlyph& glyph : state_->shape(utf8)) units += glyph.advance;
  return state_->face->thousandths(units);
}

bool EmbeddedFont::covers(std::string_view utf8) const {
  const auto& glyphs = state_->shape(utf8);
  return std::none_of(glyphs.begin(), glyphs.end(),
                      [](const ShapedGlyph& glyph) { return glyph.id == 0; });
}

void EmbeddedFont::use(std::string_view utf8) {
  for (const ShapedGlyph& glyph : state_->shape(utf8)) state_->used.emplace(glyph.id, glyph);
}

double EmbeddedFont::ascent() const { return state_->face->thousandths(state_->face->ascent()); }
double EmbeddedFont::descent() const { return state_->face->thousandths(state_->face->descent()); }

PdfRef EmbeddedFont::addTo(IncrementalUpdate& update) {
  const FontFace& face = *state_->face;
  state_->subset = face.subset(state_->used);
  const FontSubset& subset = *state_->subset;
  const auto stream = [&](const std::string& data, std::size_t length1) {
    const PdfRef reference = update.allocate();
    PdfValue dictionary = PdfValue::ofDictionary();
    dictionary.set("Filter", PdfValue::ofName("FlateDecode"));
    if (length1 != 0) {
      dictionary.set("Length1", PdfValue::ofInteger(static_cast<std::int64_t>(length1)));
    }
    update.putStream(reference, std::move(dictionary), data);
    return reference;
  };
  const PdfRef program = stream(subset.program, subset.programBytes);
  const PdfRef cidSet = stream(subset.cidSet, 0);
  const PdfRef unicode = stream(subset.unicode, 0);
  const auto units = [&](int value) { return std::lround(face.thousandths(value)); };
  const auto& box = face.box();
  const PdfRef descriptor = update.allocate();
  update.put(descriptor,
             fmt::format("<</Type /FontDescriptor /FontName /{} /Flags 4 /FontBBox [{} {} {} {}] "
                         "/ItalicAngle 0 /Ascent {} /Descent {} /CapHeight {} /StemV 80 "
                         "/FontFile2 {} /CIDSet {}>>",
                         subset.name, units(box[0]), units(box[1]), units(box[2]), units(box[3]),
                         units(face.ascent()), units(face.descent()), units(face.capHeight()),
                         program.text(), cidSet.text()));
  const PdfRef cidFont = update.allocate();
  update.put(cidFont,
             fmt::format("<</Type /Font /Subtype /CIDFontType2 /BaseFont /{} /CIDSystemInfo "
                         "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
                         "/FontDescriptor {} /W [0 [{}]] /CIDToGIDMap /Identity>>",
                         subset.name, descriptor.text(), subset.widths));
  const PdfRef font = update.allocate();
  update.put(font, fmt::format("<</Type /Font /Subtype /Type0 /BaseFont /{} /Encoding /Identity-H "
                               "/DescendantFonts [{}] /ToUnicode {}>>",
                               subset.name, cidFont.text(), unicode.text()));
  return font;
}

std::string EmbeddedFont::show(std::string_view utf8) const {
  std::string out = "<";
  const auto& glyphs = state_->subset->glyphs;
  for (const ShapedGlyph& glyph : state_->shape(utf8)) {
    const auto found = glyphs.find(glyph.id);
    out += fmt::format("{:04X}", found == glyphs.end() ? 0u : found->second);
  }
  return out + ">";
}

}  // namespace sohoa

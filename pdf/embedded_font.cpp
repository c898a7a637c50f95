#include "pdf/embedded_font.h"

#include <fmt/format.h>
#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb-subset.h>
#include <harfbuzz/hb.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <new>
#include <vector>

#include "core/handle.h"
#include "pdf/deflate.h"
#include "pdf/text_string.h"

namespace sohoa {
namespace {

using Blob = Handle<hb_blob_t, hb_blob_destroy>;
using Face = Handle<hb_face_t, hb_face_destroy>;
using Font = Handle<hb_font_t, hb_font_destroy>;
using Buffer = Handle<hb_buffer_t, hb_buffer_destroy>;
using SubsetInput = Handle<hb_subset_input_t, hb_subset_input_destroy>;
using SubsetPlan = Handle<hb_subset_plan_t, hb_subset_plan_destroy>;

struct Glyph {
  hb_codepoint_t id = 0;
  int advance = 0;     ///< font units
  std::string source;  ///< the text it stands for, UTF-8
};

std::string tableOf(hb_face_t* face, hb_tag_t tag) {
  const Blob blob(hb_face_reference_table(face, tag));
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob.get(), &length);
  return {data, length};
}

int signed16(const std::string& table, std::size_t at) {
  if (at + 2 > table.size()) return 0;
  return static_cast<std::int16_t>(static_cast<unsigned char>(table[at]) << 8 |
                                   static_cast<unsigned char>(table[at + 1]));
}

std::string postScriptName(hb_face_t* face) {
  char buffer[128] = {};
  unsigned size = sizeof buffer;
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, buffer);
  std::string name(buffer, size);
  std::erase_if(name, [](char c) { return c <= ' ' || c >= 0x7f || isPdfDelimiter(c); });
  return name.empty() ? "Font" : name;
}

std::string utf16Hex(std::string_view utf8) {
  std::string out;
  for (char32_t c : codePoints(utf8)) {
    if (c < 0x10000) {
      out += fmt::format("{:04X}", static_cast<unsigned>(c));
    } else {
      out += fmt::format("{:04X}{:04X}", static_cast<unsigned>(0xd800 + ((c - 0x10000) >> 10)),
                         static_cast<unsigned>(0xdc00 + ((c - 0x10000) & 0x3ff)));
    }
  }
  return out;
}

}  // namespace

struct EmbeddedFont::State {
  Face face;
  Font font;
  int unitsPerEm = 1000;
  std::map<hb_codepoint_t, Glyph> used;                   ///< by glyph of the whole font
  std::map<hb_codepoint_t, hb_codepoint_t> subsetGlyphs;  ///< whole font -> subset

  double thousandths(int units) const { return units * 1000.0 / unitsPerEm; }

  std::vector<Glyph> shape(std::string_view text) const {
    const Buffer buffer(hb_buffer_create());
    hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), 0, -1);
    hb_buffer_guess_segment_properties(buffer.get());
    // Plain advances: /W holds one width a glyph, and one glyph must stay one text.
    hb_feature_t off[4];
    const char* names[] = {"-kern", "-liga", "-clig", "-calt"};
    for (int i = 0; i < 4; ++i) hb_feature_from_string(names[i], -1, &off[i]);
    hb_shape(font.get(), buffer.get(), off, 4);
    unsigned count = 0;
    const hb_glyph_info_t* info = hb_buffer_get_glyph_infos(buffer.get(), &count);
    std::vector<Glyph> glyphs(count);
    for (unsigned i = 0; i < count; ++i) {
      glyphs[i].id = info[i].codepoint;
      glyphs[i].advance = hb_font_get_glyph_h_advance(font.get(), info[i].codepoint);
      std::size_t next = text.size();
      for (unsigned j = i + 1; j < count && next == text.size(); ++j) {
        if (info[j].cluster != info[i].cluster) next = info[j].cluster;
      }
      const bool first = i == 0 || info[i - 1].cluster != info[i].cluster;
      if (first && next > info[i].cluster) {
        glyphs[i].source = text.substr(info[i].cluster, next - info[i].cluster);
      }
    }
    return glyphs;
  }
};

EmbeddedFont::EmbeddedFont(std::unique_ptr<State> state) : state_(std::move(state)) {}
EmbeddedFont::~EmbeddedFont() = default;
EmbeddedFont::EmbeddedFont(EmbeddedFont&&) noexcept = default;
EmbeddedFont& EmbeddedFont::operator=(EmbeddedFont&&) noexcept = default;

Result<EmbeddedFont> EmbeddedFont::open(const std::filesystem::path& font) {
  const auto fail = [&](std::string why) {
    return ItemError{Stage::signing, Cause::documentNotSigned, font.string(), std::move(why)};
  };
  const Blob blob(hb_blob_create_from_file_or_fail(font.c_str()));
  if (!blob) return fail("the font of the visible signature cannot be read");
  auto state = std::make_unique<State>();
  state->face.reset(hb_face_create(blob.get(), 0));
  if (hb_face_get_glyph_count(state->face.get()) == 0 ||
      tableOf(state->face.get(), HB_TAG('g', 'l', 'y', 'f')).empty()) {
    return fail("the font of the visible signature has no TrueType outlines");
  }
  state->font.reset(hb_font_create(state->face.get()));
  state->unitsPerEm = static_cast<int>(hb_face_get_upem(state->face.get()));
  return EmbeddedFont(std::move(state));
}

double EmbeddedFont::widthOf(std::string_view utf8) const {
  int units = 0;
  for (const Glyph& glyph : state_->shape(utf8)) units += glyph.advance;
  return state_->thousandths(units);
}

bool EmbeddedFont::covers(std::string_view utf8) const {
  const auto glyphs = state_->shape(utf8);
  return std::none_of(glyphs.begin(), glyphs.end(), [](const Glyph& g) { return g.id == 0; });
}

void EmbeddedFont::use(std::string_view utf8) {
  for (Glyph& glyph : state_->shape(utf8)) state_->used.emplace(glyph.id, glyph);
}

double EmbeddedFont::ascent() const {
  return state_->thousandths(signed16(tableOf(state_->face.get(), HB_TAG('h', 'h', 'e', 'a')), 4));
}

double EmbeddedFont::descent() const {
  return state_->thousandths(signed16(tableOf(state_->face.get(), HB_TAG('h', 'h', 'e', 'a')), 6));
}

PdfRef EmbeddedFont::addTo(IncrementalUpdate& update) {
  const SubsetInput input(hb_subset_input_create_or_fail());
  if (!input) throw std::bad_alloc();
  hb_set_t* wanted = hb_subset_input_glyph_set(input.get());
  for (const auto& [id, glyph] : state_->used) hb_set_add(wanted, id);
  // A CIDFont is addressed by glyph: it needs outlines and metrics, no names and no features.
  hb_set_t* drop = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* tag : {"GSUB", "GPOS", "GDEF", "name", "OS/2", "post", "cmap", "DSIG", "gasp"}) {
    hb_set_add(drop, hb_tag_from_string(tag, 4));
  }
  const SubsetPlan plan(hb_subset_plan_create_or_fail(state_->face.get(), input.get()));
  const Face subset(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
  if (!subset) throw std::bad_alloc();
  const hb_map_t* mapping = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  for (const auto& [id, glyph] : state_->used) {
    state_->subsetGlyphs[id] = hb_map_get(mapping, id);
  }
  const Blob file(hb_face_reference_blob(subset.get()));
  unsigned length = 0;
  const char* data = hb_blob_get_data(file.get(), &length);
  const std::string_view program(data, length);
  const unsigned glyphCount = hb_face_get_glyph_count(subset.get());

  // ISO 32000-1:2008, 9.6.4: a tag of six letters; taken from what the subset holds.
  std::uint64_t hash = 1469598103934665603u;
  for (char c : program) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  std::string name;
  for (int i = 0; i < 6; ++i, hash /= 26) name += static_cast<char>('A' + hash % 26);
  name += '+' + postScriptName(state_->face.get());

  std::map<hb_codepoint_t, const Glyph*> bySubset;
  for (const auto& [id, glyph] : state_->used) bySubset[state_->subsetGlyphs[id]] = &glyph;
  std::string widths, unicode, cidSet((glyphCount + 7) / 8, '\0');
  std::size_t mapped = 0;
  for (unsigned cid = 0; cid < glyphCount; ++cid) {
    cidSet[cid / 8] = static_cast<char>(cidSet[cid / 8] | 0x80 >> cid % 8);
  }
  for (unsigned cid = 0; cid < glyphCount; ++cid) {
    const auto found = bySubset.find(cid);
    const Font font(hb_font_create(subset.get()));
    const int advance = hb_font_get_glyph_h_advance(font.get(), cid);
    widths +=
        fmt::format("{}{}", widths.empty() ? "" : " ", std::lround(state_->thousandths(advance)));
    if (found == bySubset.end() || found->second->source.empty()) continue;
    // At most 100 entries a block (Adobe technical note 5014).
    if (mapped % 100 == 0) {
      if (mapped > 0) unicode += "endbfchar\n";
      unicode += "@";
    }
    unicode += fmt::format("<{:04X}> <{}>\n", cid, utf16Hex(found->second->source));
    ++mapped;
  }
  if (mapped > 0) unicode += "endbfchar\n";
  std::size_t left = mapped;
  for (std::size_t at = unicode.find('@'); at != std::string::npos; at = unicode.find('@', at)) {
    const std::size_t block = std::min<std::size_t>(left, 100);
    unicode.replace(at, 1, fmt::format("{} beginbfchar\n", block));
    left -= block;
  }
  unicode =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" +
      unicode + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";

  const auto compressed = [&](std::string_view bytes, bool withLength1) {
    const PdfRef reference = update.allocate();
    PdfValue dictionary = PdfValue::ofDictionary();
    dictionary.set("Filter", PdfValue::ofName("FlateDecode"));
    if (withLength1) {
      dictionary.set("Length1", PdfValue::ofInteger(static_cast<std::int64_t>(bytes.size())));
    }
    update.putStream(reference, std::move(dictionary), deflated(bytes));
    return reference;
  };
  const PdfRef programRef = compressed(program, true);
  const PdfRef cidSetRef = compressed(cidSet, false);
  const PdfRef unicodeRef = compressed(unicode, false);

  const std::string head = tableOf(state_->face.get(), HB_TAG('h', 'e', 'a', 'd'));
  const std::string os2 = tableOf(state_->face.get(), HB_TAG('O', 'S', '/', '2'));
  const auto units = [&](int value) { return std::lround(state_->thousandths(value)); };
  const int capHeight = signed16(os2, 88) != 0 ? signed16(os2, 88) : signed16(os2, 68);
  const PdfRef descriptor = update.allocate();
  update.put(
      descriptor,
      fmt::format("<</Type /FontDescriptor /FontName /{} /Flags 4 /FontBBox [{} {} {} {}] "
                  "/ItalicAngle 0 /Ascent {} /Descent {} /CapHeight {} /StemV 80 "
                  "/FontFile2 {} /CIDSet {}>>",
                  name, units(signed16(head, 36)), units(signed16(head, 38)),
                  units(signed16(head, 40)), units(signed16(head, 42)), std::lround(ascent()),
                  std::lround(descent()), units(capHeight), programRef.text(), cidSetRef.text()));
  const PdfRef cidFont = update.allocate();
  update.put(cidFont,
             fmt::format("<</Type /Font /Subtype /CIDFontType2 /BaseFont /{} /CIDSystemInfo "
                         "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
                         "/FontDescriptor {} /W [0 [{}]] /CIDToGIDMap /Identity>>",
                         name, descriptor.text(), widths));
  const PdfRef font = update.allocate();
  update.put(font, fmt::format("<</Type /Font /Subtype /Type0 /BaseFont /{} /Encoding /Identity-H "
                               "/DescendantFonts [{}] /ToUnicode {}>>",
                               name, cidFont.text(), unicodeRef.text()));
  return font;
}

std::string EmbeddedFont::show(std::string_view utf8) const {
  std::string out = "<";
  for (const Glyph& glyph : state_->shape(utf8)) {
    const auto found = state_->subsetGlyphs.find(glyph.id);
    out += fmt::format("{:04X}", found == state_->subsetGlyphs.end() ? 0u : found->second);
  }
  return out + ">";
}

}  // namespace sohoa

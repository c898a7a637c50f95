#include "pdf/drawing/font_face.h"

#include <fmt/format.h>
#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb-subset.h>
#include <harfbuzz/hb.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <new>

#include "core/handle.h"
#include "pdf/structure/syntax.h"
#include "pdf/util/deflate.h"
#include "pdf/util/file_identity.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

using Blob = Handle<hb_blob_t, hb_blob_destroy>;
using Face = Handle<hb_face_t, hb_face_destroy>;
using Font = Handle<hb_font_t, hb_font_destroy>;
using Buffer = Handle<hb_buffer_t, hb_buffer_destroy>;
using SubsetInput = Handle<hb_subset_input_t, hb_subset_input_destroy>;
using SubsetPlan = Handle<hb_subset_plan_t, hb_subset_plan_destroy>;

/// More fonts or subsets than a batch ever needs: then all are made anew.
constexpr std::size_t kMaxFaces = 8, kMaxSubsets = 64;

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

/// A /ToUnicode CMap: at most 100 entries a block (Adobe technical note 5014).
std::string unicodeMap(const std::vector<std::string>& entries) {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  for (std::size_t at = 0; at < entries.size(); at += 100) {
    const std::size_t end = std::min(entries.size(), at + 100);
    map += fmt::format("{} beginbfchar\n", end - at);
    for (std::size_t i = at; i < end; ++i) map += entries[i];
    map += "endbfchar\n";
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

}  // namespace

struct FontFace::State {
  Face face;
  Font font;
  std::mutex mutex;  // of subsets
  std::map<std::string, std::shared_ptr<const FontSubset>> subsets;
};

FontFace::FontFace(std::unique_ptr<State> state) : state_(std::move(state)) {
  hb_face_t* face = state_->face.get();
  unitsPerEm_ = static_cast<int>(hb_face_get_upem(face));
  const std::string hhea = tableOf(face, HB_TAG('h', 'h', 'e', 'a'));
  const std::string head = tableOf(face, HB_TAG('h', 'e', 'a', 'd'));
  const std::string os2 = tableOf(face, HB_TAG('O', 'S', '/', '2'));
  ascent_ = signed16(hhea, 4);
  descent_ = signed16(hhea, 6);
  capHeight_ = signed16(os2, 88) != 0 ? signed16(os2, 88) : signed16(os2, 68);
  for (std::size_t i = 0; i < 4; ++i) box_[i] = signed16(head, 36 + 2 * i);
  // From here on several threads may read them.
  hb_face_make_immutable(face);
  hb_font_make_immutable(state_->font.get());
}

FontFace::~FontFace() = default;

Result<std::shared_ptr<const FontFace>> FontFace::open(const std::filesystem::path& file) {
  static std::mutex mutex;
  static std::map<FileIdentity, std::shared_ptr<const FontFace>> faces;
  const auto fail = [&](std::string why) {
    return ItemError{Stage::signing, Cause::documentNotSigned, file.string(), std::move(why)};
  };
  const FileIdentity identity = identityOf(file);
  const std::lock_guard guard(mutex);
  if (const auto found = faces.find(identity); found != faces.end()) return found->second;
  const Blob blob(hb_blob_create_from_file_or_fail(file.c_str()));
  if (!blob) return fail("the font of the visible signature cannot be read");
  auto state = std::make_unique<State>();
  state->face.reset(hb_face_create(blob.get(), 0));
  if (hb_face_get_glyph_count(state->face.get()) == 0 ||
      tableOf(state->face.get(), HB_TAG('g', 'l', 'y', 'f')).empty()) {
    return fail("the font of the visible signature has no TrueType outlines");
  }
  state->font.reset(hb_font_create(state->face.get()));
  std::shared_ptr<const FontFace> made(new FontFace(std::move(state)));
  if (faces.size() >= kMaxFaces) faces.clear();
  faces[identity] = made;
  return made;
}

std::vector<ShapedGlyph> FontFace::shape(std::string_view text) const {
  hb_font_t* font = state_->font.get();
  const Buffer buffer(hb_buffer_create());
  hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), 0, -1);
  hb_buffer_guess_segment_properties(buffer.get());
  // Plain advances: /W holds one width a glyph, and one glyph must stay one text.
  hb_feature_t off[4];
  const char* names[] = {"-kern", "-liga", "-clig", "-calt"};
  for (int i = 0; i < 4; ++i) hb_feature_from_string(names[i], -1, &off[i]);
  hb_shape(font, buffer.get(), off, 4);
  unsigned count = 0;
  const hb_glyph_info_t* info = hb_buffer_get_glyph_infos(buffer.get(), &count);
  std::vector<ShapedGlyph> glyphs(count);
  for (unsigned i = 0; i < count; ++i) {
    glyphs[i].id = info[i].codepoint;
    glyphs[i].advance = hb_font_get_glyph_h_advance(font, info[i].codepoint);
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

std::shared_ptr<const FontSubset> FontFace::subset(
    const std::map<std::uint32_t, ShapedGlyph>& used) const {
  std::string key;
  for (const auto& [id, glyph] : used) key += fmt::format("{} {},", id, glyph.source);
  const std::lock_guard guard(state_->mutex);
  if (const auto found = state_->subsets.find(key); found != state_->subsets.end()) {
    return found->second;
  }
  if (state_->subsets.size() >= kMaxSubsets) state_->subsets.clear();
  return state_->subsets[key] = std::make_shared<const FontSubset>(cut(used));
}

FontSubset FontFace::cut(const std::map<std::uint32_t, ShapedGlyph>& used) const {
  const SubsetInput input(hb_subset_input_create_or_fail());
  if (!input) throw std::bad_alloc();
  hb_set_t* wanted = hb_subset_input_glyph_set(input.get());
  for (const auto& [id, glyph] : used) hb_set_add(wanted, id);
  // A CIDFont is addressed by glyph: it needs outlines and metrics, no names and no features.
  hb_set_t* drop = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* tag : {"GSUB", "GPOS", "GDEF", "name", "OS/2", "post", "cmap", "DSIG", "gasp"}) {
    hb_set_add(drop, hb_tag_from_string(tag, 4));
  }
  const SubsetPlan plan(hb_subset_plan_create_or_fail(state_->face.get(), input.get()));
  const Face subset(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
  if (!subset) throw std::bad_alloc();
  FontSubset made;
  const hb_map_t* mapping = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  std::map<std::uint32_t, const ShapedGlyph*> bySubset;
  for (const auto& [id, glyph] : used) {
    made.glyphs[id] = hb_map_get(mapping, id);
    bySubset[made.glyphs[id]] = &glyph;
  }
  const Blob file(hb_face_reference_blob(subset.get()));
  unsigned length = 0;
  const char* data = hb_blob_get_data(file.get(), &length);
  const std::string_view program(data, length);
  made.programBytes = length;
  made.program = deflated(program);
  const unsigned glyphCount = hb_face_get_glyph_count(subset.get());

  // ISO 32000-1:2008, 9.6.4: a tag of six letters; taken from what the subset holds.
  std::uint64_t hash = 1469598103934665603u;
  for (char c : program) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  for (int i = 0; i < 6; ++i, hash /= 26) made.name += static_cast<char>('A' + hash % 26);
  made.name += '+' + postScriptName(state_->face.get());

  const Font font(hb_font_create(subset.get()));
  std::string cidSet((glyphCount + 7) / 8, '\0');
  std::vector<std::string> unicode;
  for (unsigned cid = 0; cid < glyphCount; ++cid) {
    cidSet[cid / 8] = static_cast<char>(cidSet[cid / 8] | 0x80 >> cid % 8);
    const int advance = hb_font_get_glyph_h_advance(font.get(), cid);
    made.widths +=
        fmt::format("{}{}", made.widths.empty() ? "" : " ", std::lround(thousandths(advance)));
    const auto found = bySubset.find(cid);
    if (found == bySubset.end() || found->second->source.empty()) continue;
    unicode.push_back(fmt::format("<{:04X}> <{}>\n", cid, utf16Hex(found->second->source)));
  }
  made.cidSet = deflated(cidSet);
  made.unicode = deflated(unicodeMap(unicode));
  return made;
}

}  // namespace sohoa

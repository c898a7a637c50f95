#include "samples/drawing/typesetter.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>

#include "samples/drawn_face.h"

namespace sohoa::samples {
namespace {

struct FontFile {
  const char* path;
  const char* package;
};

constexpr const char* kText = "Liberation Serif";

constexpr std::array<FontFile, 12> kFonts = {{
    {"/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf", "fonts-liberation2"},
    {"/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf", "fonts-liberation2"},
    {"/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf", "fonts-liberation2"},
    {"/usr/share/fonts/truetype/liberation2/LiberationSerif-BoldItalic.ttf", "fonts-liberation2"},
    {"/usr/share/fonts/truetype/liberation2/LiberationSans-Bold.ttf", "fonts-liberation2"},
    {"/usr/share/fonts/opentype/dancingscript/DancingScript-Regular.otf", "fonts-dancingscript"},
    {"/usr/share/fonts/opentype/dancingscript/DancingScript-Bold.otf", "fonts-dancingscript"},
    {"/usr/share/fonts/truetype/kristi/Kristi.ttf", "fonts-kristi"},
    {"/usr/share/fonts/truetype/breip/Breip.ttf", "fonts-breip"},
    {"/usr/share/fonts/opentype/lobster/lobster.otf", "fonts-lobster"},
    {"/usr/share/fonts/opentype/kaushanscript/KaushanScript-Regular.otf", "fonts-kaushanscript"},
    {"/usr/share/fonts/truetype/sjfonts/Delphine.ttf", "fonts-sjfonts"},
}};

int units(double points) { return static_cast<int>(points * PANGO_SCALE); }
double points(int pangoUnits) { return static_cast<double>(pangoUnits) / PANGO_SCALE; }

Rect rectOf(const PangoRectangle& box) {
  return {points(box.x), points(box.y), points(box.width), points(box.height)};
}

bool isSpace(char c) { return c == ' ' || c == '\n'; }

struct Cluster {
  const PangoLayoutLine* line = nullptr;
  int index = 0;  ///< of its first byte
  Rect ink;
};

/// All clusters in one pass: Pango 1.50 does not copy every field of an iterator, so a copied one
/// answers at random after the first run of a line.
std::vector<Cluster> clustersOf(PangoLayout* layout) {
  std::vector<Cluster> clusters;
  PangoLayoutIter* const at = pango_layout_get_iter(layout);
  do {
    if (pango_layout_iter_get_run_readonly(at) != nullptr) {
      PangoRectangle ink;
      pango_layout_iter_get_cluster_extents(at, &ink, nullptr);
      clusters.push_back(
          {pango_layout_iter_get_line_readonly(at), pango_layout_iter_get_index(at), rectOf(ink)});
    }
  } while (pango_layout_iter_next_cluster(at) != FALSE);
  pango_layout_iter_free(at);
  return clusters;
}

/// A word is a run of clusters between spaces. `shift` moves the ink down to where the line is set.
void addWords(Line& line, const std::vector<Cluster>& clusters, const PangoLayoutLine* of,
              const std::string& text, double shift) {
  Word word;
  const auto finish = [&line, &word] {
    if (!word.text.empty()) {
      line.text += (line.text.empty() ? "" : " ") + word.text;
      line.box = around(line.box, word.box);
      line.words.push_back(word);
    }
    word = Word{};
  };
  const int end = of->start_index + of->length;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    const Cluster& cluster = clusters[i];
    if (cluster.line != of || cluster.index >= end) {
      continue;
    }
    if (isSpace(text[static_cast<std::size_t>(cluster.index)])) {
      finish();
      continue;
    }
    const bool more = i + 1 < clusters.size() && clusters[i + 1].line == of;
    const int next = more ? std::min(clusters[i + 1].index, end) : end;
    Rect ink = cluster.ink;
    ink.y += shift;
    word.box = around(word.box, ink);
    word.text += text.substr(static_cast<std::size_t>(cluster.index),
                             static_cast<std::size_t>(next - cluster.index));
  }
  finish();
}

/// Sets the marked-up text. Unlike Pango by itself, word processors do not break "217/TTr-STNMT".
void setText(PangoLayout* layout, const std::string& markup, double letterSpacing) {
  PangoAttrList* attributes = nullptr;
  char* text = nullptr;
  GError* error = nullptr;
  if (pango_parse_markup(markup.c_str(), -1, 0, &attributes, &text, nullptr, &error) == FALSE) {
    const std::string message = error->message;
    g_error_free(error);
    throw std::runtime_error("markup of a sample text: " + message);
  }
  const std::string plain = text;
  g_free(text);
  std::size_t start = 0;
  while (start < plain.size()) {
    std::size_t end = start;
    while (end < plain.size() && !isSpace(plain[end])) {
      ++end;
    }
    if (plain.substr(start, end - start).find_first_of("/-") != std::string::npos) {
      PangoAttribute* const whole = pango_attr_allow_breaks_new(FALSE);
      whole->start_index = static_cast<guint>(start);
      whole->end_index = static_cast<guint>(end);
      pango_attr_list_insert(attributes, whole);
    }
    start = end + 1;
  }
  if (letterSpacing > 0) {
    pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(units(letterSpacing)));
  }
  pango_layout_set_text(layout, plain.c_str(), -1);
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
}

}  // namespace

const std::vector<std::string> kPenFamilies = {"Dancing Script", "Kristi", "Breip", "Delphine"};
const std::vector<std::string> kStampFamilies = {"Dancing Script", "Lobster Two", "Kaushan Script"};

Rect around(const Rect& a, const Rect& b) {
  if (a.empty()) {
    return b;
  }
  if (b.empty()) {
    return a;
  }
  const double x = std::min(a.x, b.x);
  const double y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

Typesetter::Typesetter() {
  FcConfig* const config = FcConfigCreate();
  for (const FontFile& font : kFonts) {
    if (!std::filesystem::exists(font.path) ||
        FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(font.path)) == FcFalse) {
      FcConfigDestroy(config);
      throw std::runtime_error(std::string("font missing: ") + font.path + " (package " +
                               font.package + ")");
    }
  }
  map_ = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_), config);
  FcConfigDestroy(config);
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_), 72.0);
  context_ = pango_font_map_create_context(map_);
  pango_context_set_language(context_, pango_language_from_string("vi"));
  pango_context_set_round_glyph_positions(context_, FALSE);
  cairo_font_options_t* const options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context_, options);
  cairo_font_options_destroy(options);
}

Typesetter::~Typesetter() {
  g_object_unref(context_);
  g_object_unref(map_);
}

TextBlock Typesetter::set(const std::string& markup, double width, const TextStyle& style) const {
  const std::shared_ptr<PangoLayout> layout(pango_layout_new(context_), g_object_unref);
  PangoFontDescription* const font = pango_font_description_new();
  pango_font_description_set_family(font, kText);
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style(font, style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  setText(layout.get(), markup, style.letterSpacing);
  requireFace(layout.get());
  pango_layout_set_width(layout.get(), units(width));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD);
  pango_layout_set_indent(layout.get(), units(style.indent));
  pango_layout_set_alignment(
      layout.get(), style.align == Align::centre
                        ? PANGO_ALIGN_CENTER
                        : (style.align == Align::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT));
  pango_layout_set_justify(layout.get(), style.align == Align::justify ? TRUE : FALSE);
  pango_layout_set_auto_dir(layout.get(), FALSE);

  TextBlock block;
  const std::string text = pango_layout_get_text(layout.get());
  const std::vector<Cluster> clusters = clustersOf(layout.get());
  PangoLayoutIter* const at = pango_layout_get_iter(layout.get());
  double top = 0;
  int number = 0;
  do {
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(at, &ink, &logical);
    Line line;
    line.layout = layout;
    line.lineOfLayout = number++;
    line.x = points(logical.x);
    const double height = points(logical.height) * style.lineSpacing;
    const double extra = height - points(logical.height);
    line.baseline = top + extra / 2 + points(pango_layout_iter_get_baseline(at) - logical.y);
    const double shift = line.baseline - points(pango_layout_iter_get_baseline(at));
    block.tops.push_back(top);
    top += height;
    block.bottoms.push_back(top);
    block.widest = std::max(block.widest, points(logical.width));
    block.lines.push_back(line);
    addWords(block.lines.back(), clusters, pango_layout_iter_get_line_readonly(at), text, shift);
  } while (pango_layout_iter_next_line(at) != FALSE);
  pango_layout_iter_free(at);
  block.height = top;
  return block;
}

std::shared_ptr<PangoLayout> Typesetter::pen(const std::string& text, const std::string& family,
                                             double size) const {
  std::shared_ptr<PangoLayout> layout(pango_layout_new(context_), g_object_unref);
  PangoFontDescription* const font = pango_font_description_new();
  pango_font_description_set_family(font, family.c_str());
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  if (family == "Liberation Sans") {
    pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  }
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_text(layout.get(), text.c_str(), -1);
  requireFace(layout.get());
  return layout;
}

}  // namespace sohoa::samples

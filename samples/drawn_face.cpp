#include "samples/drawn_face.h"

#include <glib.h>
#include <pango/pango.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "samples/faces.h"

namespace sohoa::samples {
namespace {

using Description = std::unique_ptr<PangoFontDescription, void (*)(PangoFontDescription*)>;

Description descriptionOf(PangoFont* font) {
  return {pango_font_describe(font), pango_font_description_free};
}

/// "DejaVu Serif Condensed Bold": all but the size.
std::string nameOf(const PangoFontDescription* of) {
  const Description copy(pango_font_description_copy(of), pango_font_description_free);
  pango_font_description_unset_fields(copy.get(), PANGO_FONT_MASK_SIZE);
  gchar* const text = pango_font_description_to_string(copy.get());
  std::string name = text;
  g_free(text);
  return name;
}

bool isOfFamily(const PangoFontDescription* got, const char* family) {
  const char* const name = pango_font_description_get_family(got);
  return name != nullptr && g_ascii_strcasecmp(name, family) == 0;
}

/// A face may be bolder or slanted by nature; it must not lack what was asked for.
bool isAsAsked(const PangoFontDescription* got, const PangoFontDescription* asked) {
  const PangoStretch width = pango_font_description_get_stretch(asked);
  const bool condensed = width<PANGO_STRETCH_NORMAL, expanded = width> PANGO_STRETCH_NORMAL;
  if (condensed && pango_font_description_get_stretch(got) >= PANGO_STRETCH_NORMAL) return false;
  if (expanded && pango_font_description_get_stretch(got) <= PANGO_STRETCH_NORMAL) return false;
  if (pango_font_description_get_weight(asked) >= PANGO_WEIGHT_SEMIBOLD &&
      pango_font_description_get_weight(got) < PANGO_WEIGHT_SEMIBOLD) {
    return false;
  }
  return pango_font_description_get_style(asked) == PANGO_STYLE_NORMAL ||
         pango_font_description_get_style(got) != PANGO_STYLE_NORMAL;
}

[[noreturn]] void refuse(const std::string& asked, const std::string& got,
                         const std::string& lacking) {
  const std::string package(packageOfFace(asked));
  const std::string source =
      package.empty() ? "it is in no row of samples/faces.h" : "Debian package " + package;
  throw std::runtime_error(lacking.empty() ? "face \"" + asked + "\" is not installed, got \"" +
                                                 got + "\" (" + source + ")"
                                           : "face \"" + asked + "\" lacks \"" + lacking +
                                                 "\", got \"" + got + "\" (" + source + ")");
}

void requireLoaded(PangoLayout* layout, const PangoFontDescription* asked) {
  PangoFont* const font = pango_context_load_font(pango_layout_get_context(layout), asked);
  if (font == nullptr) refuse(nameOf(asked), "no font at all", "");
  const Description got = descriptionOf(font);
  g_object_unref(font);
  if (!isOfFamily(got.get(), pango_font_description_get_family(asked)) ||
      !isAsAsked(got.get(), asked)) {
    refuse(nameOf(asked), nameOf(got.get()), "");
  }
}

}  // namespace

void requireFace(PangoLayout* layout) {
  const PangoFontDescription* const asked = pango_layout_get_font_description(layout);
  if (asked == nullptr || pango_font_description_get_family(asked) == nullptr) {
    throw std::runtime_error("a text is drawn without naming a face");
  }
  requireLoaded(layout, asked);
  const std::unique_ptr<PangoLayoutIter, void (*)(PangoLayoutIter*)> at(
      pango_layout_get_iter(layout), pango_layout_iter_free);
  do {
    const PangoLayoutRun* const run = pango_layout_iter_get_run_readonly(at.get());
    if (run == nullptr) continue;
    const Description got = descriptionOf(run->item->analysis.font);
    if (isOfFamily(got.get(), pango_font_description_get_family(asked))) continue;
    refuse(nameOf(asked), nameOf(got.get()),
           std::string(pango_layout_get_text(layout) + run->item->offset,
                       static_cast<std::size_t>(run->item->length)));
  } while (pango_layout_iter_next_run(at.get()) != FALSE);
}

}  // namespace sohoa::samples

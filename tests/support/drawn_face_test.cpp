#include "samples/drawn_face.h"

#include <gmock/gmock.h>
#include <pango/pangocairo.h>

#include <memory>
#include <stdexcept>

#include "core/handle.h"
#include "samples/faces.h"

namespace sohoa::samples {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// What requireFace() says of a text in that face; nothing when it may be drawn.
std::string refusal(const std::string& face, const std::string& text) {
  const Handle<PangoFontMap, g_object_unref> map(pango_cairo_font_map_new());
  const Handle<PangoContext, g_object_unref> context(pango_font_map_create_context(map.get()));
  const Handle<PangoLayout, g_object_unref> layout(pango_layout_new(context.get()));
  if (!face.empty()) {
    const Handle<PangoFontDescription, pango_font_description_free> description(
        pango_font_description_from_string(face.c_str()));
    pango_layout_set_font_description(layout.get(), description.get());
  }
  pango_layout_set_text(layout.get(), text.c_str(), -1);
  try {
    requireFace(layout.get());
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

TEST(DrawnFace, IsThereForEveryRowOfTheTable) {
  for (const Face& face : kFaces) {
    EXPECT_EQ(refusal(std::string(face.name) + " 12", "Thu hoi 01/10"), "") << face.package;
  }
}

TEST(DrawnFace, IsThereInEveryWeightAndSlopeThatPrintIsDrawnIn) {
  for (const char* face : {"Liberation Serif", "Liberation Sans", "DejaVu Serif Condensed"}) {
    for (const char* style : {" Bold", " Italic", " Bold Italic"}) {
      EXPECT_EQ(refusal(std::string(face) + style + " 12", "Sở Tài nguyên,\nQuỳnh"), "") << style;
    }
  }
}

TEST(DrawnFace, IsRefusedWhenFontconfigGivesAnother) {
  EXPECT_THAT(refusal("Carta Nueva Bold 12", "000"),
              AllOf(HasSubstr("\"Carta Nueva Bold\" is not installed, got \""),
                    HasSubstr("in no row of samples/faces.h")));
}

TEST(DrawnFace, IsRefusedInAWidthThatIsNotThere) {
  EXPECT_THAT(refusal("Liberation Serif Condensed 12", "000"),
              AllOf(HasSubstr("\"Liberation Serif Condensed\" is not installed"),
                    HasSubstr("got \"Liberation Serif\""), HasSubstr("fonts-liberation2")));
}

TEST(DrawnFace, IsRefusedForALetterThatItLacks) {
  EXPECT_THAT(refusal("Kristi 12", "Th\u1EA1ch"), HasSubstr("\"Kristi\" lacks \"\u1EA1\""));
}

TEST(DrawnFace, IsRefusedWhenNoneIsNamed) {
  EXPECT_THAT(refusal("", "000"), HasSubstr("without naming a face"));
}

TEST(PackageOfFace, IsThatOfTheLongestName) {
  EXPECT_EQ(packageOfFace("DejaVu Serif Bold 12"), "fonts-dejavu-core");
  EXPECT_EQ(packageOfFace("DejaVu Serif Condensed Bold 12"), "fonts-dejavu-extra");
  EXPECT_EQ(packageOfFace("Liberation Serifa"), "");
}

}  // namespace
}  // namespace sohoa::samples

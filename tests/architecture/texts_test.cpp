#include "tests/architecture/texts.h"

#include <gmock/gmock.h>

#include <stdexcept>

#include "core/cause.h"

namespace sohoa::architecture {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SourceTree treeOf(const std::string& source, const std::string& rows) {
  return {{"pipeline/a.cpp", source}, {"core/texts/text_vi_pipeline.inc", rows}};
}

TEST(TextsForPeople, AreAllInTheTableOfVietnamese) {
  const SourceTree tree = readRooms();
  ASSERT_TRUE(tree.contains("core/texts/text_vi.cpp"));
  EXPECT_THAT(brokenTexts(tree), IsEmpty());
}

TEST(TextsForPeople, AreFoundInEveryWayOfSayingThem) {
  const std::string rows =
      "{\"one {}\", \"một {}\"},\n{\"two\", \"hai\"},\n{\"three\", \"ba\"},\n{\"four\", \"bốn\"},";
  EXPECT_THAT(
      brokenTexts(treeOf("a(say(lang(), \"one {}\", \"no text\")); tr(language, \"two\");\n"
                         "// say(language, \"a comment\")\n"
                         "auto t = tr(site.language, ok ? \"three\" : \"four\");\n"
                         "std::string_view tr(Language language, std::string_view english);",
                         rows)),
      IsEmpty());
  EXPECT_THAT(brokenTexts(treeOf("printer.say(\"one {}\", \"no text\"); f(textId(\"two\"));\n"
                                 "return {\"three\", \"fo\"\n \"ur\"};",
                                 rows)),
              IsEmpty());
}

TEST(TextsForPeople, AreMissedWithoutARow) {
  EXPECT_THAT(
      brokenTexts(treeOf("\nsay(language, \"forgotten {}\", n);", "")),
      ElementsAre("pipeline/a.cpp:2: \"forgotten {}\" has no row in core/texts/text_vi*.inc"));
  EXPECT_THAT(brokenTexts(treeOf("tr(language, ok ? \"known\" : \"forgotten\");",
                                 "{\"known\", \"đã biết\"},")),
              ElementsAre(HasSubstr("\"forgotten\" has no row")));
  EXPECT_THAT(brokenTexts(treeOf("push_back(textId(\"forgotten\"));", "")),
              ElementsAre(HasSubstr("\"forgotten\" has no row")));
}

TEST(TextsForPeople, AreReportedWhenNobodySaysThem) {
  EXPECT_THAT(brokenTexts(treeOf("// say(language, \"old\");", "{\"old\", \"cũ\"},")),
              ElementsAre("core/texts/text_vi_pipeline.inc:1: \"old\" is said nowhere"));
}

TEST(TextsForPeople, StandOnce) {
  EXPECT_THAT(brokenTexts({{"a.cpp", "tr(l, \"x\")"},
                           {"core/texts/text_vi_a.inc", "{\"x\", \"một\"},"},
                           {"core/texts/text_vi_b.inc", "{\"x\", \"hai\"},"}}),
              ElementsAre(HasSubstr("stands in core/texts/text_vi_a.inc:1 already")));
}

TEST(TextsForPeople, NeedTheSamePlaceholdersInBothLanguages) {
  const std::string source = "say(l, \"{} of {} pages\", a, b);";
  EXPECT_THAT(brokenTexts(treeOf(source, "{\"{} of {} pages\", \"{} trên {} trang\"},")),
              IsEmpty());
  EXPECT_THAT(brokenTexts(treeOf(source, "{\"{} of {} pages\", \"{1} trang, {0}\"},")), IsEmpty());
  for (const char* vietnamese :
       {"{} trang", "{} {} {} trang", "{0} {0} trang", "{} {:.1f} trang"}) {
    EXPECT_THAT(
        brokenTexts(treeOf(source, std::string("{\"{} of {} pages\", \"") + vietnamese + "\"},")),
        ElementsAre(HasSubstr("other placeholders")))
        << vietnamese;
  }
  EXPECT_THAT(brokenTexts(treeOf(source, "{\"{} of {} pages\", \"{} trên } trang\"},")),
              ElementsAre(HasSubstr("stray brace")));
}

TEST(TextsForPeople, NeedVietnameseInComposedForm) {
  const std::string source = "tr(l, \"page\");";
  EXPECT_THAT(brokenTexts(treeOf(source, "{\"page\", \"\"},")),
              ElementsAre(HasSubstr("no Vietnamese")));
  EXPECT_THAT(brokenTexts(treeOf(source, "{\"page\", \"to\xcc\x9b\"},")),
              ElementsAre(HasSubstr("not in NFC")));
  EXPECT_THAT(brokenTexts(treeOf(source, "{\"page\", \"t\xff\"},")),
              ElementsAre(HasSubstr("not in NFC")));
}

TEST(Placeholders, AreComparedByArgumentAndFormat) {
  EXPECT_EQ(placeholdersOf("{} of {:.1f}"), placeholdersOf("{1:.1f} / {0}"));
  EXPECT_THAT(placeholdersOf("{{}} 100 %"), IsEmpty());
  EXPECT_THROW(placeholdersOf("{"), std::runtime_error);
  EXPECT_THROW(placeholdersOf("}"), std::runtime_error);
}

TEST(ReasonsOfCauses, HaveNoPlaceholders) {
  for (const Cause cause : {
#define SOHOA_CAUSE(name, code, disposition, en, vi) Cause::name,
#include "core/cause.def"
#undef SOHOA_CAUSE
       }) {
    for (const Language language : {Language::en, Language::vi}) {
      EXPECT_THAT(placeholdersOf(std::string(reasonOf(cause, language))), IsEmpty())
          << codeOf(cause);
    }
  }
}

}  // namespace
}  // namespace sohoa::architecture

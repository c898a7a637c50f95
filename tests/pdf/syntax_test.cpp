#include "pdf/structure/syntax.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

using namespace std::string_literals;
using Kind = PdfValue::Kind;

PdfValue read(std::string_view text) { return PdfLexer(text, 0).value(); }

TEST(Syntax, ReadsEveryKindOfObject) {
  EXPECT_TRUE(read("null").is(Kind::null));
  EXPECT_TRUE(read("true").boolean);
  EXPECT_EQ(read("-17").integer, -17);
  EXPECT_EQ(read("+17").integer, 17);
  EXPECT_EQ(read("-.5").number(), -0.5);
  EXPECT_EQ(read("+4.").number(), 4);
  EXPECT_TRUE(read("/A#42c").isName("ABc"));
  EXPECT_EQ(read("<48 65 6C6C6F7>").text, "Hellop");
  EXPECT_EQ(read("12 3 R").reference, (PdfRef{12, 3}));
  EXPECT_EQ(read("[1 2 3 0 R 4]").items.size(), 4u) << "1 | 2 | 3 0 R | 4";
  const PdfValue dictionary = read("<</A 1/B[/C(x)]/D<</E<0>>>>>");
  EXPECT_EQ(dictionary.find("A")->integer, 1);
  EXPECT_EQ(dictionary.find("B")->items[1].text, "x");
  EXPECT_EQ(dictionary.find("D")->find("E")->text, "\0"s);
  EXPECT_EQ(dictionary.find("Z"), nullptr);
}

TEST(Syntax, ReadsLiteralStringsWithTheirEscapes) {
  EXPECT_EQ(read("(a(b)c)").text, "a(b)c");
  EXPECT_EQ(read("(\\(\\)\\\\\\n)").text, "()\\\n");
  EXPECT_EQ(read("(\\101\\0612\\7)").text, "A12\7");
  EXPECT_EQ(read("(a\\\r\nb\rc)").text, "ab\nc");
  EXPECT_FALSE(read("(a)").hex);
  EXPECT_TRUE(read("<61>").hex);
}

TEST(Syntax, KeepsWhereAValueStands) {
  const std::string text = "<</Contents  <00>/X 1>>";
  const PdfValue* contents = read(text).find("Contents");
  PdfValue dictionary = read(text);
  contents = dictionary.find("Contents");
  EXPECT_EQ(text.substr(contents->begin, contents->end - contents->begin), "<00>");
}

TEST(Syntax, NoticesAKeyGivenTwice) {
  EXPECT_TRUE(read("<</A 1 /B 2 /A 3>>").duplicate);
  EXPECT_TRUE(read("<</A 1 /#41 3>>").duplicate) << "also in another spelling";
  EXPECT_FALSE(read("<</A 1 /B 2>>").duplicate);
}

TEST(Syntax, RefusesWhatTwoReadersCouldTakeDifferently) {
  for (const char* text :
       {"", "<<", "<</A", "<</A 1", "<</A 1>", "[1", "(a", "<6", "<6G>", "1.2.3", "12a", "--1",
        "foo", "truex", "99999999999999999999", "<<(a) 1>>", ">>", "]", "+"}) {
    EXPECT_THROW(read(text), PdfSyntaxError) << text;
  }
}

TEST(Syntax, RefusesNestingAndNumbersWithoutEnd) {
  EXPECT_THROW(read(std::string(100'000, '[')), PdfSyntaxError);
  std::string many = "[";
  for (int i = 0; i < 600'000; ++i) many += "0 ";
  EXPECT_THROW(read(many + "]"), PdfSyntaxError);
}

TEST(Syntax, WritesWhatItReadsBack) {
  for (const char* text :
       {"<</A [1 -2.50 /N#20ame null true 7 0 R <00FF>] /B <</C (x\\)y)>>>>", "[]", "<<>>"}) {
    const std::string once = serialise(read(text));
    EXPECT_EQ(serialise(read(once)), once);
  }
  EXPECT_EQ(serialise(read("612.0")), "612.0") << "a number stays as it was written";
}

}  // namespace
}  // namespace sohoa

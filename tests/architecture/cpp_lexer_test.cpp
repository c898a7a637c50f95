#include "tests/architecture/cpp_lexer.h"

#include <gmock/gmock.h>

namespace sohoa::architecture {
namespace {

std::vector<std::string> valuesOf(std::string_view source, Token::Kind kind) {
  std::vector<std::string> values;
  for (const Token& token : tokensOf(source)) {
    if (token.kind == kind) values.push_back(token.value);
  }
  return values;
}
std::vector<std::string> textsOf(std::string_view source) {
  return valuesOf(source, Token::Kind::text);
}

TEST(CppLexer, SeesNothingInComments) {
  EXPECT_THAT(tokensOf("// \"a\" b\n/* \"c\"\n d */"), testing::IsEmpty());
  EXPECT_THAT(textsOf("x = \"// no comment\"; /* \"comment\" */ y = \"/*\";"),
              testing::ElementsAre("// no comment", "/*"));
}

TEST(CppLexer, JoinsNeighbouringTexts) {
  EXPECT_THAT(textsOf("\"one \" /* and */\n  \"two\", \"three\""),
              testing::ElementsAre("one two", "three"));
}

TEST(CppLexer, ResolvesEscapes) {
  EXPECT_THAT(textsOf(R"("a\"b\\c\nd")"), testing::ElementsAre("a\"b\\c\nd"));
}

TEST(CppLexer, ReadsRawTextsAndPrefixes) {
  EXPECT_THAT(textsOf("R\"(a\"\\n)\" + u8\"b\" + R\"x(c)\")x\""),
              testing::ElementsAre("a\"\\n", "b", "c)\""));
}

TEST(CppLexer, IsNotMisledByCharactersAndDigitSeparators) {
  EXPECT_THAT(textsOf("f('\"', '\\'', 1'000'000, \"text\")"), testing::ElementsAre("text"));
  EXPECT_THAT(valuesOf("x1 = 1'000;", Token::Kind::word), testing::ElementsAre("x1", "1'000"));
}

TEST(CppLexer, ReadsIncludesWithTheirLines) {
  const std::vector<Token> tokens = tokensOf(
      "#pragma once\n\n#include <vector>\n# include \"core/texts/text.h\"\n// #include <no>\n");
  EXPECT_THAT(tokens,
              testing::IsSupersetOf({Token{Token::Kind::include, "<vector>", 3},
                                     Token{Token::Kind::include, "\"core/texts/text.h\"", 4}}));
  EXPECT_THAT(valuesOf("// #include <no>", Token::Kind::include), testing::IsEmpty());
}

}  // namespace
}  // namespace sohoa::architecture

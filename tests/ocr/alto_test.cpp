#include "ocr/page/alto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ocr/sample_pages.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

PageReading smallReading() {
  PageReading reading;
  reading.width = 2480;
  reading.height = 3508;
  reading.rotation = 180;
  Word word;
  word.text = "<Điều & \"1\">";
  word.box = {100, 200, 300, 40};
  word.confidence = 0.5;
  word.suspect = true;
  TextLine line{{100, 200, 300, 40}, {word, word}};
  reading.blocks.push_back({{100, 200, 300, 40}, {line}});
  reading.seals.push_back({1400, 2400, 400, 400});
  return reading;
}

TEST(Alto, EscapesMarkupAndMarksSuspectWords) {
  const std::string xml = altoXml(smallReading(), {"001 & 2.jpg", "ab12", 1}, {});
  EXPECT_THAT(xml, testing::HasSubstr("CONTENT=\"&lt;Điều &amp; &quot;1&quot;&gt;\""));
  EXPECT_THAT(xml, testing::HasSubstr("TAGREFS=\"suspect\""));
  EXPECT_THAT(xml, testing::HasSubstr("<fileName>001 &amp; 2.jpg</fileName>"));
  EXPECT_THAT(xml, testing::HasSubstr("TYPE=\"seal\""));
}

TEST(Alto, IsValidAgainstTheSchemaOfTheLibraryOfCongress) {
  const auto schema = test::fixture("schemas/alto-4-4.xsd");
  if (!schema) GTEST_SKIP() << test::noFixture("schemas/alto-4-4.xsd");
  if (!test::hasProgram("xmllint")) GTEST_SKIP() << "xmllint (libxml2-utils) is not installed";
  const test::TemporaryFolder folder;
  Recogniser recogniser{RecogniserOptions{}};
  const auto read = recogniser.read(test::imageOf(test::samplePage("stamped")));
  ASSERT_TRUE(read);
  const std::vector<PageReading> readings = {*read, smallReading(), PageReading{}};
  for (std::size_t i = 0; i < readings.size(); ++i) {
    PageReading reading = readings[i];
    reading.width = std::max(reading.width, 1);
    const auto file = folder / (std::to_string(i) + ".alto.xml");
    test::spill(file, altoXml(reading, {"scan.pdf", std::string(128, 'a'), 2}, recogniser.info()));
    test::CommandOptions options;
    options.folder = schema->parent_path();
    options.env["XML_CATALOG_FILES"] = "catalog.xml";
    const auto result = test::runCommand(
        {"xmllint", "--nonet", "--noout", "--schema", schema->filename().string(), file.string()},
        options);
    EXPECT_TRUE(result.ok()) << result.describe();
  }
}

}  // namespace
}  // namespace sohoa

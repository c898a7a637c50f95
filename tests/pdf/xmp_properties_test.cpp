#include "pdf/changes/xmp_properties.h"

#include <gmock/gmock.h>

#include <string>

#include "pdf/changes/metadata_rules.h"

namespace sohoa {
namespace {

constexpr const char* kNames =
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
    "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:s=\"urn:a#\"";

std::string packet(const std::string& descriptions) {
  return "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
         "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>" +
         descriptions + "</rdf:RDF></x:xmpmeta><?xpacket end='w'?>";
}
std::string described(const std::string& inside, const std::string& attributes = "") {
  return packet(std::string("<rdf:Description rdf:about='' ") + kNames + " " + attributes + ">" +
                inside + "</rdf:Description>");
}
const std::string kTitle =
    "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Quyết định</rdf:li></rdf:Alt></dc:title>";

TEST(XmpProperties, AreTheSameHoweverTheyAreWritten) {
  const auto elements =
      described(kTitle +
                "<pdf:Keywords>a; b</pdf:Keywords><s:set><rdf:Bag><rdf:li rdf:parseType='Resource'>"
                "<s:one>1</s:one><s:two>2</s:two></rdf:li></rdf:Bag></s:set>");
  const auto attributes = described(
      "<s:set><rdf:Bag><rdf:li><rdf:Description s:two='2' s:one='1'/></rdf:li></rdf:Bag></s:set>" +
          kTitle,
      "pdf:Keywords='a; b'");
  ASSERT_TRUE(xmpProperties(elements));
  EXPECT_EQ(xmpProperties(elements), xmpProperties(attributes));
  EXPECT_EQ(xmpProperties(elements)->size(), 3U);
  const auto parted =
      packet(std::string("<rdf:Description rdf:about='' ") + kNames + ">" + kTitle +
             "</rdf:Description><rdf:Description rdf:about='' " + kNames + " pdf:Keywords='a'/>");
  EXPECT_EQ(xmpProperties(parted), xmpProperties(described(kTitle, "pdf:Keywords='a'")));
}

TEST(XmpProperties, DifferInAnyValue) {
  const std::string other =
      "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Quyết nghị</rdf:li></rdf:Alt></dc:title>";
  const std::string language =
      "<dc:title><rdf:Alt><rdf:li xml:lang='vi'>Quyết định</rdf:li></rdf:Alt></dc:title>";
  for (const std::string& each :
       {other, language, std::string(), kTitle + "<s:more>1</s:more>", kTitle + kTitle}) {
    EXPECT_NE(xmpProperties(described(each)), xmpProperties(described(kTitle))) << each;
  }
}

TEST(XmpProperties, AreRefusedWhenNotWellFormedOrWithADocumentType) {
  EXPECT_FALSE(xmpProperties("<a><b></a>"));
  EXPECT_FALSE(xmpProperties(""));
  EXPECT_FALSE(xmpProperties("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"));
  EXPECT_FALSE(xmpProperties("<a>" + std::string(2 << 20, ' ') + "</a>"));
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "<a>";
  EXPECT_FALSE(xmpProperties(deep));
}

TEST(OnlyProducerDiffers, LetsASigningProgramWriteOfItselfAlone) {
  const std::string before = described(kTitle, "pdf:Producer='a' xmp:ModifyDate='2021'");
  EXPECT_TRUE(
      onlyProducerDiffers(before, described(kTitle, "pdf:Producer='b' xmp:ModifyDate='2022'")));
  EXPECT_TRUE(onlyProducerDiffers(before, described(kTitle, "xmp:CreatorTool='c'")));
  EXPECT_FALSE(onlyProducerDiffers(before, described(kTitle, "pdf:Keywords='k'")));
  EXPECT_FALSE(onlyProducerDiffers(before, described("")));
  const std::string made = described(kTitle, "xmp:CreateDate='2021'");
  EXPECT_TRUE(onlyProducerDiffers(before, made));
  EXPECT_FALSE(onlyProducerDiffers(made, described(kTitle, "xmp:CreateDate='2022'")));
  EXPECT_FALSE(onlyProducerDiffers(made, described(kTitle)));
}

TEST(SaysNothingNew, ComparesAFirstPacketWithTheDocumentInformation) {
  PdfValue info = PdfValue::ofDictionary();
  EXPECT_TRUE(saysNothingNew(described("", "pdf:Producer='x'"), info));
  EXPECT_FALSE(saysNothingNew(described(kTitle), info));
  info.set("Title", PdfValue::ofString("Quyet dinh"));
  EXPECT_FALSE(saysNothingNew(described(kTitle), info));
  info.set("Title", PdfValue::ofString("\xef\xbb\xbfQuyết định"));
  const std::string twice =
      "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Quyết định</rdf:li>"
      "<rdf:li xml:lang='vi'>Bản khác</rdf:li></rdf:Alt></dc:title>";
  EXPECT_FALSE(saysNothingNew(described(twice), info));
}

}  // namespace
}  // namespace sohoa

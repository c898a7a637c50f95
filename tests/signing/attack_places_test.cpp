#include <fmt/format.h>

#include "signing/verify/report_text.h"
#include "tests/signing/attack_kit.h"

namespace sohoa::test {
namespace {

std::string stream(const std::string& data, const std::string& keys = "") {
  return fmt::format("<<{} /Length {}>>\nstream\n{}\nendstream", keys, data.size(), data);
}
std::string form(const std::string& data, const std::string& keys = "/Resources <<>>") {
  return stream(data, "/Type /XObject /Subtype /Form /BBox [0 0 160 40] " + keys);
}
std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("no " + from + " in " + text);
  return text.replace(at, from.size(), to);
}

/// A document with something in every place that an attacker could use, signed; each place is then
/// changed by an update. Every change must be found, named and refused.
class AttackPlaces : public AttackTest {
 protected:
  void SetUp() override {
    PlainPdf plain;
    plain.page = "/MediaBox [0 0 595 842]";
    const std::string before = updated(plain.bytes(), Objects(objects_.begin(), objects_.end()));
    good_ = slurp(signedFile(before, visible()));
    const VerificationReport report = verifyBytes(good_);
    ASSERT_EQ(verdictOf(report), "valid") << describe(report, Language::en);
  }

  std::string now(int number) const { return bodyOf(good_, number); }
  std::string with(int number, const std::string& from, const std::string& to) const {
    return replaced(now(number), from, to);
  }

  void expectForbidden(const std::vector<std::pair<std::string, Objects>>& changes) const {
    EXPECT_GE(changes.size(), 10u);
    for (const auto& [name, objects] : changes) {
      SCOPED_TRACE(name);
      const VerificationReport report = verifyBytes(updated(good_, objects));
      EXPECT_EQ(verdictOf(report), "invalid") << describe(report, Language::en);
      ASSERT_FALSE(report.signatures.empty());
      const SignatureReport& first = report.signatures.front();
      EXPECT_EQ(first.changesAfter, SignatureReport::Changes::forbidden);
      EXPECT_TRUE(first.digestMatches && first.signatureMatches) << "the update alone is to blame";
      ASSERT_FALSE(first.changes.empty());
      EXPECT_FALSE(first.changes.front().permitted);
      const std::string& words = first.changes.front().words;
      EXPECT_NE(tr(Language::vi, words), words) << "an officer reads Vietnamese";
    }
  }
  void expectPermitted(const std::string& name, const Objects& objects) const {
    const VerificationReport report = verifyBytes(updated(good_, objects));
    EXPECT_EQ(verdictOf(report), "valid") << name << describe(report, Language::en);
  }

  const std::vector<std::pair<int, std::string>> objects_ = {
      {1,
       "<</Type /Catalog /Pages 2 0 R /AcroForm 74 0 R /OCProperties 30 0 R /Outlines 31 0 R "
       "/Names "
       "32 0 R /StructTreeRoot 33 0 R /PageLabels 34 0 R /ViewerPreferences 35 0 R /OpenAction 36 "
       "0 "
       "R /Metadata 37 0 R /Dests 38 0 R /Lang (vi) /MarkInfo <</Marked true>>>>"},
      {3,
       "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 40 0 R "
       "/Annots [70 0 R 72 0 R 75 0 R 76 0 R]>>"},
      {30, "<</OCGs [44 0 R] /D <</ON [44 0 R] /OFF []>>>>"},
      {31, "<</Type /Outlines /First 50 0 R /Last 50 0 R /Count 1>>"},
      {32, "<</EmbeddedFiles <</Names [(a) 51 0 R]>> /JavaScript 53 0 R /Dests 54 0 R>>"},
      {33, "<</Type /StructTreeRoot /K 55 0 R /RoleMap <<>>>>"},
      {34, "<</Nums [0 <</S /D>>]>>"},
      {35, "<</DisplayDocTitle true>>"},
      {36, "<</S /GoTo /D [3 0 R /Fit]>>"},
      {37, stream("<x:xmpmeta>a title</x:xmpmeta>", "/Type /Metadata /Subtype /XML")},
      {38, "<</here [3 0 R /Fit]>>"},
      {40,
       "<</Font <</F1 41 0 R>> /XObject <</X 43 0 R>> /Properties <</OC 44 0 R>> /ExtGState <</G "
       "45 "
       "0 R>> /ColorSpace <</C 46 0 R>>>>"},
      {41,
       "<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding 47 0 R /ToUnicode 42 0 R "
       "/FontDescriptor 48 0 R /Widths 56 0 R>>"},
      {42, stream("begincmap endcmap")},
      {43, form("0 0 5 5 re f")},
      {44, "<</Type /OCG /Name (layer)>>"},
      {45, "<</Type /ExtGState /ca 1>>"},
      {46, "[/Indexed /DeviceRGB 1 <000000FFFFFF>]"},
      {47, "<</Type /Encoding /Differences [49 /one]>>"},
      {48, "<</Type /FontDescriptor /FontName /Times-Roman /FontFile 49 0 R>>"},
      {49, stream("font program")},
      {50, "<</Title (chapter) /Parent 31 0 R /Dest [3 0 R /Fit]>>"},
      {51, "<</Type /Filespec /F (a.txt) /EF <</F 52 0 R>>>>"},
      {52, stream("attached", "/Type /EmbeddedFile")},
      {53, "<</Names [(s) 57 0 R]>>"},
      {54, "<</Names [(d) [3 0 R /Fit]]>>"},
      {55, "<</Type /StructElem /S /P /P 33 0 R /ActualText (said)>>"},
      {56, "[500 500]"},
      {57, "<</S /JavaScript /JS (1)>>"},
      {70,
       "<</FT /Tx /T (amount) /Type /Annot /Subtype /Widget /F 4 /Rect [300 300 460 340] /DA (/F1 "
       "9 "
       "Tf) /AP <</N 71 0 R>> /P 3 0 R>>"},
      {71, form("", "/Resources <</Font <</F1 41 0 R>>>>")},
      {72,
       "<</Type /Annot /Subtype /Text /F 4 /Rect [0 0 9 9] /Contents (a note) /AP <</N 73 0 R>>>>"},
      {73, form("0 0 1 1 re f")},
      {74,
       "<</Fields [70 0 R 75 0 R 76 0 R] /DR <</Font <</F1 41 0 R>>>> /DA (/F1 9 Tf) /CO 58 0 R>>"},
      {58, "[70 0 R]"},
      {75,
       "<</FT /Btn /T (agreed) /Type /Annot /Subtype /Widget /F 4 /Rect [300 400 310 410] /AS /Off "
       "/AP <</N <</Yes 77 0 R /Off 78 0 R>>>>>>"},
      {76,
       "<</FT /Sig /T (chief) /Type /Annot /Subtype /Widget /F 4 /Rect [300 500 460 540] /Lock 79 "
       "0 "
       "R>>"},
      {77, form("BT (x) Tj ET")},
      {78, form("")},
      {79, "<</Type /SigFieldLock /Action /All>>"},
      {4, stream("BT /F1 18 Tf 50 50 Td (Hello) Tj ET /X Do /OC /OC BDC BT (layered) Tj ET EMC")},
  };
};

TEST_F(AttackPlaces, HonestFillingAndSigningStayValid) {
  expectPermitted("text",
                  {{70, with(70, "71 0 R>>", "150 0 R>> /V (100)")},
                   {150, form("BT /F1 9 Tf (100) Tj ET", "/Resources <</Font <</F1 41 0 R>>>>")}});
  expectPermitted("text, its own looks",
                  {{70, with(70, "/DA", "/V (100) /DA")},
                   {71, form("BT /F1 9 Tf (100) Tj ET", "/Resources <</Font <</F1 41 0 R>>>>")}});
  expectPermitted("box", {{75, with(75, "/AS /Off", "/AS /Yes /V /Yes")}});
  HandSignature wish;
  wish.existing = 76;
  wish.appearance = "1 g 0 0 100 100 re f";
  const VerificationReport report = verifyBytes(handSigned(good_, wish, key()));
  EXPECT_EQ(verdictOf(report), "valid") << describe(report, Language::en);
}

TEST_F(AttackPlaces, WhatLettersLookLike) {
  const std::string filled = with(70, "/DA", "/V (100) /DA");
  expectForbidden({
      {"base font", {{41, with(41, "Times-Roman", "Courier")}}},
      {"letters' meaning", {{42, stream("begincmap other endcmap")}}},
      {"encoding", {{47, with(47, "/one", "/nine")}}},
      {"font program", {{49, stream("other program")}}},
      {"font descriptor", {{48, with(48, "/FontFile 49 0 R", "")}}},
      {"widths", {{56, "[1 1]"}}},
      {"font freed", {{41, ""}}},
      {"resources", {{40, with(40, "/X 43 0 R", "/X 77 0 R")}}},
      {"drawing", {{43, form("0 0 500 500 re f")}}},
      {"transparency", {{45, "<</Type /ExtGState /ca 0>>"}}},
      {"palette", {{46, "[/Indexed /DeviceRGB 1 <FFFFFF000000>]"}}},
      {"with an honest filling", {{70, filled}, {47, with(47, "/one", "/nine")}}},
      {"another font under the filling", {{70, filled}, {41, with(41, "Times-Roman", "Symbol")}}},
      {"prepared looks", {{70, replaced(filled, "71 0 R", "43 0 R")}}},
      {"looks of another field", {{70, replaced(filled, "71 0 R", "77 0 R")}}},
      {"looks of a state", {{75, with(75, "/Yes 77 0 R", "/Yes 43 0 R")}}},
      {"a state redrawn", {{77, form("BT (no) Tj ET")}}},
      {"a state and its value",
       {{75, with(75, "/AS /Off", "/AS /Yes /V /Yes")}, {77, form("1 g")}}},
  });
}

TEST_F(AttackPlaces, LayersActionsAndNames) {
  expectForbidden({
      {"layer off", {{30, "<</OCGs [44 0 R] /D <</ON [] /OFF [44 0 R]>>>>"}}},
      {"layers gone", {{1, with(1, "/OCProperties 30 0 R", "")}}},
      {"layer renamed",
       {{44, "<</Type /OCG /Name (layer) /Usage <</View <</ViewState /OFF>>>>>>"}}},
      {"opening action", {{36, "<</S /JavaScript /JS (x)>>"}}},
      {"opening action elsewhere", {{1, with(1, "/OpenAction 36", "/OpenAction 57")}}},
      {"action of the document", {{1, with(1, "/Lang", "/AA <</WS 57 0 R>> /Lang")}}},
      {"action of the page", {{3, with(3, "/Type /Page", "/Type /Page /AA <</O 57 0 R>>")}}},
      {"action of a field", {{70, with(70, "/DA", "/V (1) /AA <</K 57 0 R>> /DA")}}},
      {"click", {{70, with(70, "/DA", "/V (1) /A 57 0 R /DA")}}},
      {"script", {{57, "<</S /JavaScript /JS (2)>>"}}},
      {"scripts", {{53, "<</Names [(s) 57 0 R (t) 57 0 R]>>"}}},
      {"order of computing", {{58, "[]"}}},
      {"attached file", {{52, stream("other", "/Type /EmbeddedFile")}}},
      {"attachment's name", {{51, with(51, "a.txt", "b.exe")}}},
      {"attachments", {{32, with(32, "/EmbeddedFiles <</Names [(a) 51 0 R]>>", "")}}},
      {"destination", {{38, "<</here [3 0 R /XYZ 0 0 9]>>"}}},
      {"named destination", {{54, "<</Names [(d) [3 0 R /XYZ 1 2 3]]>>"}}},
      {"outline", {{50, with(50, "chapter", "other")}}},
      {"outlines", {{31, "<</Type /Outlines /Count 0>>"}}},
  });
}

TEST_F(AttackPlaces, CatalogueAndPageKeys) {
  expectForbidden({
      {"structure", {{55, with(55, "said", "other")}}},
      {"structure's root", {{33, "<</Type /StructTreeRoot /K 55 0 R /RoleMap <</P /H1>>>>"}}},
      {"page labels", {{34, "<</Nums [0 <</S /r>>]>>"}}},
      {"viewer", {{35, "<</HideToolbar true>>"}}},
      {"language", {{1, with(1, "(vi)", "(en)")}}},
      {"title in the metadata",
       {{37, stream("<x:xmpmeta>other title</x:xmpmeta>", "/Type /Metadata /Subtype /XML")}}},
      {"entities in the metadata",
       {{37, stream("<!DOCTYPE a [<!ENTITY b \"c\">]><x:xmpmeta>a title</x:xmpmeta>",
                    "/Type /Metadata /Subtype /XML")}}},
      {"marks", {{1, with(1, "/Marked true", "/Marked false")}}},
      {"page mode", {{1, with(1, "/Lang", "/PageMode /UseAttachments /Lang")}}},
      {"layout", {{1, with(1, "/Lang", "/PageLayout /TwoPageLeft /Lang")}}},
      {"collection", {{1, with(1, "/Lang", "/Collection <</View /H>> /Lang")}}},
      {"requirements", {{1, with(1, "/Lang", "/Requirements [<<>>] /Lang")}}},
      {"base address", {{1, with(1, "/Lang", "/URI <</Base (http://x)>> /Lang")}}},
      {"turned", {{3, with(3, "/Type /Page", "/Type /Page /Rotate 180")}}},
      {"turned by the tree", {{2, "<</Type /Pages /Kids [3 0 R] /Count 1 /Rotate 90>>"}}},
      {"cropped by the tree", {{2, "<</Type /Pages /Kids [3 0 R] /Count 1 /CropBox [0 0 9 9]>>"}}},
      {"scaled", {{3, with(3, "/Type /Page", "/Type /Page /UserUnit 3")}}},
      {"transition", {{3, with(3, "/Type /Page", "/Type /Page /Trans <</S /Fade>> /Dur 1")}}},
      {"group", {{3, with(3, "/Type /Page", "/Type /Page /Group <</S /Transparency>>")}}},
      {"versions kept aside", {{1, with(1, "/Lang", "/AF [51 0 R] /Lang")}}},
      {"permissions", {{1, with(1, "/Lang", "/Perms <<>> /Lang")}}},
      {"a key twice", {{1, with(1, "/Pages 2 0 R", "/Pages 2 0 R /Page#73 4 0 R")}}},
  });
}

TEST_F(AttackPlaces, FormsAndAnnotations) {
  const std::string field = now(70);
  expectForbidden({
      {"fonts of the form", {{74, with(74, "/F1 41 0 R", "/F1 41 0 R /F2 41 0 R")}}},
      {"a font that fields use", {{74, with(74, "/F1 41 0 R", "/F1 170 0 R")}, {170, now(41)}}},
      {"a new drawing for forms",
       {{74, with(74, "/DR <<", "/DR <</XObject <</Z 170 0 R>> ")}, {170, form("0 0 5 5 re f")}}},
      {"look of the form", {{74, with(74, "/DA <", "/DA (/F1 90 Tf) /Old <")}}},
      {"drawn by the viewer", {{74, with(74, "/DR", "/NeedAppearances true /DR")}}},
      {"dynamic form", {{74, with(74, "/DR", "/XFA [] /DR")}}},
      {"field taken away", {{74, with(74, "70 0 R", "")}}},
      {"fields in another order", {{74, with(74, "70 0 R 75 0 R", "75 0 R 70 0 R")}}},
      {"field renamed", {{70, replaced(field, "(amount)", "(price)")}}},
      {"field moved", {{70, replaced(field, "[300 300 460 340]", "[0 0 460 340]")}}},
      {"field of another kind", {{70, replaced(field, "/Tx", "/Btn")}}},
      {"field with a default", {{70, replaced(field, "/DA", "/DV (1) /DA")}}},
      {"field made read-only", {{70, replaced(field, "/DA", "/Ff 1 /V (1) /DA")}}},
      {"field with a tooltip", {{70, replaced(field, "/DA", "/TU (other) /V (1) /DA")}}},
      {"field under a layer", {{70, replaced(field, "/DA", "/OC 44 0 R /V (1) /DA")}}},
      {"field hidden", {{70, replaced(field, "/F 4", "/F 2")}}},
      {"field given kids", {{70, replaced(field, "/DA", "/Kids [75 0 R] /V (1) /DA")}}},
      {"looks without a value", {{71, form("BT (900) Tj ET")}}},
      {"note's text", {{72, with(72, "a note", "other")}}},
      {"note moved", {{72, with(72, "[0 0 9 9]", "[0 0 500 500]")}}},
      {"note's looks", {{73, form("0 0 500 500 re f")}}},
      {"note gone", {{3, with(3, "72 0 R", "")}}},
      {"annotations gone", {{3, with(3, "/Annots [", "/Annots [] /Old [")}}},
      {"lock loosened", {{79, "<</Type /SigFieldLock /Action /Include /Fields []>>"}}},
      {"lock gone", {{76, with(76, "/Lock 79 0 R", "")}}},
      {"field for signing moved", {{76, with(76, "[300 500 460 540]", "[0 0 460 540]")}}},
  });
}

TEST_F(AttackPlaces, PreparedFieldsThatPaintOverThePage) {
  // "Hello World" stands at 50, 50. The later signature, or filling, is in order otherwise.
  struct Case {
    const char* rect;
    const char* painted;
    bool sound, soundFilling;
  };
  for (const auto& [rect, painted, sound, soundFilling] : {
           Case{"[40 40 340 240]", "1 g 0 0 100 100 re f", false, false},
           Case{"[30 30 400 300]", "1 g 0 0 100 100 re B BT (Other) Tj ET", false, false},
           Case{"[0 0 595 430]", "BT (Signed) Tj ET", false, false},
           Case{"[40 300 340 500]", "1 g 0 0 100 100 re f", true, true},
           Case{"[40 40 340 240]", "BT (Signed) Tj ET", true, true},
           // A stamp may stand on its label, but no amount on another.
           Case{"[40 40 200 80]", "1 g 0 0 100 100 re f", true, false},
       }) {
    SCOPED_TRACE(std::string(rect) + painted);
    PlainPdf plain;
    plain.page = "/MediaBox [0 0 595 842] /Annots [76 0 R 77 0 R]";
    const std::string keys = fmt::format("/Type /Annot /Subtype /Widget /F 4 /Rect {}", rect);
    const std::string before =
        updated(plain.bytes(), {{1, "<</Type /Catalog /Pages 2 0 R /AcroForm 74 0 R>>"},
                                {74, "<</Fields [76 0 R 77 0 R]>>"},
                                {76, "<</FT /Sig /T (chief) " + keys + ">>"},
                                {77, "<</FT /Tx /T (note) " + keys + ">>"}});
    const std::string bytes = slurp(signedFile(before, invisible(), "prepared.pdf"));
    HandSignature wish;
    wish.existing = 76;
    wish.appearance = painted;
    const VerificationReport later = verifyBytes(handSigned(bytes, wish, key()));
    EXPECT_EQ(verdictOf(later), sound ? "valid" : "invalid") << describe(later, Language::en);
    const std::string field = bodyOf(bytes, 77);
    const VerificationReport filled = verifyBytes(updated(
        bytes, {{77, field.substr(0, field.rfind(">>")) + " /V (x) /AP <</N 150 0 R>>>>"},
                {150, stream(painted, "/Type /XObject /Subtype /Form /BBox [0 0 100 100]")}}));
    EXPECT_EQ(verdictOf(filled), soundFilling ? "valid" : "invalid")
        << describe(filled, Language::en);
  }
}

TEST_F(AttackPlaces, SignatureFieldsThatAreExchanged) {
  HandSignature wish;
  wish.field = "Second";
  good_ = handSigned(good_, wish, key());
  ASSERT_EQ(verdictOf(verifyBytes(good_)), "valid");
  const std::string fields = now(74);
  const auto numberAt = [&](const std::string& text, const std::string& key) {
    return std::stoi(text.substr(text.find(key) + key.size()));
  };
  const std::size_t list = fields.find("76 0 R ");
  const int first = numberAt(fields.substr(list), "76 0 R ");
  const int second = numberAt(fields.substr(fields.rfind(" ", fields.rfind(" 0 R]") - 1)), " ");
  const int firstValue = numberAt(now(first), "/V "), secondValue = numberAt(now(second), "/V ");
  const std::string a = std::to_string(firstValue) + " 0 R",
                    b = std::to_string(secondValue) + " 0 R";
  const auto v = [&](int field, const std::string& from, const std::string& to) {
    return with(field, "/V " + from, to.empty() ? "" : "/V " + to);
  };
  std::vector<std::pair<std::string, std::string>> attacks;
  const auto add = [&](const std::string& name, const Objects& objects) {
    attacks.emplace_back(name, updated(good_, objects));
  };
  add("values swapped", {{first, v(first, a, b)}, {second, v(second, b, a)}});
  add("one value for both", {{second, v(second, b, a)}});
  add("value taken away", {{first, v(first, a, "")}});
  add("both values taken away", {{first, v(first, a, "")}, {second, v(second, b, "")}});
  add("value copied", {{first, v(first, a, "170 0 R")}, {170, now(firstValue)}});
  add("empty field filled with text", {{76, with(76, "/Lock", "/V (signed) /Lock")}});
  add("value emptied", {{firstValue, "<</Type /Sig>>"}});
  add("value freed", {{firstValue, ""}});
  add("field freed", {{first, ""}});
  add("name changed", {{first, with(first, "/T ", "/T (x) /Old ")}});
  add("one name for both", {{second, with(second, "(Second)", "(Signature1)")}});
  add("field out of the form", {{74, with(74, std::to_string(first) + " 0 R", "")}});
  add("all fields out of the form", {{74, "<</Fields []>>"}});
  add("form gone", {{1, with(1, "/AcroForm 74 0 R", "")}});
  add("type of the value", {{firstValue, replaced(now(firstValue), "/Type /Sig", "/Type /Foo")}});
  add("other claim of time", {{firstValue, replaced(now(firstValue), "/M ", "/M (D:2020) /O ")}});
  expectNoneValid(attacks);
}

TEST_F(AttackPlaces, BytesThatReadersTakeDifferently) {
  std::vector<std::pair<std::string, std::string>> attacks;
  raw_ = rawSignature(good_);
  const auto put = [&](const std::string& name, std::size_t at, const std::string& text) {
    std::string bytes = good_;
    bytes.replace(at, text.size(), text);
    attacks.emplace_back(name, bytes);
  };
  for (const char* before : {" ", "\n", "\r\n", "%!PS\n", "\xef\xbb\xbf", "%PDF-1.3\n"}) {
    attacks.emplace_back(fmt::format("before the header: {}", before), before + good_);
  }
  put("a comment in /Contents", raw_.gapBegin + 3, "%");
  put("a line in /Contents", raw_.gapBegin + 3, "\n");
  put("a string in /Contents", raw_.gapBegin + 3, "<");
  put("a header of another kind", 0, "%FDF-");
  const std::string evil = stream("BT (Changed) Tj ET");
  std::string mixed = updated(good_, {{4, evil}});
  const std::size_t row = mixed.rfind(" 00000 n \n");
  for (const char* end : {" n\n\n", " n\r\r", " n  ", " n \t", " N \n", " n\n "}) {
    std::string bytes = mixed;
    bytes.replace(row + 6, 4, end);
    attacks.emplace_back(fmt::format("row that ends {}", end), bytes);
  }
  const std::string tail = mixed.substr(good_.size());
  for (const char* more : {"startxref\n0\n%%EOF", "%%EOF", "startxref", "trailer <<>>",
                           "xref\n0 0\ntrailer\n<</Root 1 0 R>>\n"}) {
    attacks.emplace_back(fmt::format("after the end: {}", more), mixed + more);
    attacks.emplace_back(fmt::format("between the revisions: {}", more), good_ + more + tail);
  }
  const std::size_t start = std::stoul(good_.substr(good_.rfind("startxref") + 10));
  for (const std::string keys :
       {"/Root 1 0 R /Root 2 0 R", "/Root 1 0 R /Roo#74 2 0 R", "/Root 1 1 R", "/Root <<>>"}) {
    attacks.emplace_back("trailer " + keys, updated(good_, {{4, evil}}, keys));
  }
  // A cross-reference stream as update: of the old place, of a place before, of nothing.
  for (const std::size_t previous : {start, std::size_t{9}, good_.size() + 100, good_.size()}) {
    std::string bytes = good_;
    const std::size_t content = bytes.size();
    bytes += "4 0 obj\n" + evil + "\nendobj\n";
    const std::size_t at = bytes.size();
    std::string rows;
    for (const auto& [place, number] : {std::pair{content, 4}, std::pair{at, 190}}) {
      rows += '\1';
      for (int shift = 24; shift >= 0; shift -= 8) rows += static_cast<char>(place >> shift & 255);
      rows += '\0';
      (void)number;
    }
    bytes +=
        "190 0 obj\n" +
        stream(rows, fmt::format("/Type /XRef /W [1 4 1] /Index [4 1 190 1] /Size 200 /Root 1 0 "
                                 "R /Prev {}",
                                 previous)) +
        fmt::format("\nendobj\nstartxref\n{}\n%%EOF\n", at);
    attacks.emplace_back(fmt::format("a stream after {}", previous), bytes);
  }
  // As if linearised: a first part that claims to be the whole.
  attacks.emplace_back("linearised",
                       updated(good_, {{191, fmt::format("<</Linearized 1 /L {} /H [1 2] "
                                                         "/O 3 /E 9 /N 1 /T 9>>",
                                                         good_.size())},
                                       {4, evil}}));
  expectNoneValid(attacks);
}

}  // namespace
}  // namespace sohoa::test

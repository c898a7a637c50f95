#include "tests/signing/hostile_pdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "pdf/util/deflate.h"
#include "tests/signing/attack_kit.h"

namespace sohoa::test {
namespace {

using Numbered = std::map<std::size_t, std::string>;
constexpr std::size_t kFirst =
    1000;  ///< of the hostile objects; smaller numbers are the document's

std::string repeated(const std::string& part, std::size_t times) {
  std::string all;
  all.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += part;
  return all;
}
std::string stream(const std::string& data, const std::string& keys = "") {
  return fmt::format("<<{} /Length {}>>\nstream\n", keys, data.size()) + data + "\nendstream";
}
std::string packed(const std::string& data, const std::string& keys = "") {
  return stream(deflated(data), keys + " /Filter /FlateDecode");
}
std::string references(std::size_t first, std::size_t count) {
  std::string all = "[";
  for (std::size_t i = 0; i < count; ++i) all += std::to_string(first + i) + " 0 R ";
  return all + "]";
}

/// A one-page document with more objects.
struct Document {
  std::string catalog, page, content = "BT ET";
  std::string contentKeys;
  Numbered more;

  std::string bytes() const {
    Numbered all = more;
    const bool ownTree = catalog.find("/Pages ") != std::string::npos;
    all[1] = std::string("<</Type /Catalog ") + (ownTree ? "" : "/Pages 2 0 R ") + catalog + ">>";
    all[2] = "<</Type /Pages /Kids [3 0 R] /Count 1>>";
    all[3] = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + page + ">>";
    all[4] = stream(content, contentKeys);
    std::string out = "%PDF-1.7\n", table = "xref\n0 1\n0000000000 65535 f \n";
    for (auto at = all.begin(); at != all.end();) {
      auto end = at;
      std::size_t count = 0;
      while (end != all.end() && end->first == at->first + count) ++end, ++count;
      table += fmt::format("{} {}\n", at->first, count);
      for (; at != end; ++at) {
        table += fmt::format("{:010} 00000 n \n", out.size());
        out += fmt::format("{} 0 obj\n", at->first) + at->second + "\nendobj\n";
      }
    }
    const std::size_t startxref = out.size();
    return out + table +
           fmt::format(
               "trailer\n<</Size {} /Root 1 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00>]>>\n"
               "startxref\n{}\n%%EOF\n",
               all.rbegin()->first + 1, startxref);
  }
};

/// As if signed (only the structure counts here), then continued: everything must be compared.
std::string continued(const std::string& bytes, const std::string& cms = "\x30\x03\x02\x01\x01",
                      const std::string& keys = "") {
  HandSignature wish;
  wish.dictionaryKeys = keys;
  wish.reserved = cms.size() + 10;
  wish.rect = "[10 10 200 200]";
  wish.appearance = "1 g 0 0 9 9 re f";
  const auto same = [&](const std::string&) { return cms; };
  const std::string once = handSigned(bytes, wish, same);
  HandSignature second = wish;
  second.field = "Second";
  second.dictionaryKeys.clear();
  return handSigned(once, second, same);
}

std::string xrefStream(const std::string& rows, const std::string& keys, std::size_t size) {
  std::string out = "%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n";
  const std::size_t at = out.size();
  out += "5 0 obj\n" +
         packed(rows, fmt::format("/Type /XRef /Root 1 0 R /Size {} {}", size, keys)) +
         "\nendobj\n";
  return out + fmt::format("startxref\n{}\n%%EOF\n", at);
}

/// `depth` constructed BER values inside each other, of indefinite length.
std::string nestedBer(std::size_t depth) {
  return repeated(std::string("\x30\x80", 2), depth) + repeated(std::string(2, '\0'), depth);
}

using Each = std::function<void(const std::string&, const std::string&)>;

void loops(const Each& each) {
  Document d;
  d.more[kFirst] = "<</Length 1000 0 R>>\nstream\nx\nendstream";
  d.page = "/Annots 1000 0 R";
  each("a length that is its own stream", continued(d.bytes()));
  d.more[kFirst] = "1000 0 R";
  each("an object that is itself", continued(d.bytes()));
  d.more[kFirst] = "<</Type /Pages /Kids [1000 0 R 3 0 R] /Count 1>>";
  d.catalog = "/AcroForm <</Fields [1001 0 R]>>";
  d.more[kFirst + 1] = "<</T (a) /Kids [1001 0 R 1001 0 R]>>";
  d.page = "/Parent 1000 0 R";
  each("a field that is its own kid", continued(d.bytes()));
  Document forms;
  const std::string again = "/F Do /F Do /F Do";
  forms.content = again;
  forms.page = "/Resources <</XObject <</F 1000 0 R>>>>";
  forms.more[kFirst] =
      stream(again, "/Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</F 1000 0 R>>>>");
  each("a form that draws itself three times", continued(forms.bytes()));
  Document streams;
  streams.more[kFirst] = stream("1000 0 1001 4 [] []", "/Type /ObjStm /N 2 /First 14");
  each("an object stream that holds itself", continued(streams.bytes()));
  std::string prev = Document{}.bytes();
  const std::size_t start = std::stoul(prev.substr(prev.rfind("startxref") + 10));
  prev.replace(prev.rfind("/Size"), 5, fmt::format("/Prev {} /Size", start));
  each("a cross-reference that precedes itself", prev);
}

void manyObjects(std::size_t size, const Each& each) {
  Document d;
  for (std::size_t i = 0; i < size; ++i) d.more[kFirst + i] = "null";
  each("many objects nobody needs", continued(d.bytes()));
  d.catalog = "/Names 900 0 R";
  d.more[900] = references(kFirst, std::min<std::size_t>(size, 400'000));
  each("many objects in one array", continued(d.bytes()));
  for (std::size_t i = 0; i < size; ++i)
    d.more[kFirst + i] = fmt::format("[{} 0 R]", kFirst + i + 1);
  d.more[900] = "[1000 0 R]";
  each("many objects in one chain", continued(d.bytes()));
  for (std::size_t i = 0; i < size; ++i) {
    d.more[kFirst + i] = fmt::format("<</Kids [{} 0 R] /MediaBox [0 0 9 9]>>", kFirst + i + 1);
  }
  d.more[900] = "[]";
  d.more[kFirst + size] = "<</Type /Page>>";
  d.catalog = "/Pages 1000 0 R";
  each("a deep page tree", continued(d.bytes()));
  for (std::size_t i = 0; i < size; ++i) {
    d.more[kFirst + i] = fmt::format("<</T (a) /Kids [{} 0 R]>>", kFirst + i + 1);
  }
  d.catalog = "/AcroForm <</Fields [1000 0 R]>>";
  each("a deep form", continued(d.bytes()));
  Document wide;
  for (std::size_t i = 0; i < 30; ++i) {
    wide.more[kFirst + i] = fmt::format("<</T (a) /Kids [{} 0 R {}]>>", kFirst + i + 1,
                                        repeated("1 ", std::min<std::size_t>(size, 90'000)));
  }
  wide.catalog = "/AcroForm <</Fields [1000 0 R]>>";
  each("a form deep and wide", continued(wide.bytes()));
  Document notes;
  notes.page = "/Annots " + references(kFirst, std::min<std::size_t>(size, 160'000));
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 160'000); ++i) {
    notes.more[kFirst + i] = "<</Subtype /Widget /Rect [0 0 9 9]>>";
  }
  each("many annotations", continued(notes.bytes()));
  std::string header, body;
  for (std::size_t i = 0; i < size; ++i) {
    header += fmt::format("{} {} ", kFirst + i, body.size());
    body += "[]";
  }
  Document inStream;
  inStream.more[900] =
      packed(header + body, fmt::format("/Type /ObjStm /N {} /First {}", size, header.size()));
  each("many objects in an object stream", continued(inStream.bytes()));
}

void nesting(std::size_t size, const Each& each) {
  for (const auto& [name, open, close] :
       {std::tuple{"arrays", "[", "]"}, std::tuple{"dictionaries", "<</A ", ">>"},
        std::tuple{"strings", "(", ")"}}) {
    Document d;
    d.catalog = "/Names " + repeated(open, size) + repeated(close, size);
    each(std::string("nested ") + name, d.bytes());
    d.catalog = std::string("/Names ") + repeated(open, size);
    each(std::string("open ") + name, d.bytes());
  }
  Document d;
  d.catalog = "/Names [" + repeated("1 ", size * 10) + "]";
  each("a long array", continued(d.bytes()));
  d.catalog = "/Names <<" + repeated("/A 1 ", size * 4) + ">>";
  each("a dictionary of one key", continued(d.bytes()));
  std::string keys;
  for (std::size_t i = 0; i < size; ++i) keys += fmt::format("/A{} 1 ", i);
  d.catalog = "/Names <<" + keys + ">>";
  each("a dictionary of many keys", continued(d.bytes()));
  d.catalog = "/Names (" + std::string(size * 50, 'x') + ")";
  each("a long string", continued(d.bytes()));
  d.catalog = "/Names <" + std::string(size * 50, '0') + ">";
  each("a long hexadecimal string", continued(d.bytes()));
  d.catalog = "/Names /" + std::string(size * 50, 'x');
  each("a long name", continued(d.bytes()));
  d.catalog = "/Names " + std::string(size, '9');
  each("a long number", d.bytes());
  d.catalog = "/Names " + std::string(size * 50, ' ') + "null";
  each("much white space", continued(d.bytes()));
  d.catalog = "/Names " + repeated("%\n", size) + "null";
  each("many comments", d.bytes());
  d.catalog = "";
  d.content = repeated("q ", size);
  each("content that saves and never restores", continued(d.bytes()));
  d.content = repeated("0 0 1 1 re f ", size);
  each("content of many rectangles", continued(d.bytes()));
  d.content = "BT " + repeated("(x) Tj ", size);
  each("content of many words", continued(d.bytes()));
  d.content = repeated("BI ID x EI ", size);
  each("content of many images", continued(d.bytes()));
  d.content = repeated("[", size);
  each("content of open arrays", continued(d.bytes()));
}

void bombs(std::size_t size, const Each& each) {
  const std::string zeros(size * 300, ' ');
  Document d;
  d.content = deflated(zeros);
  d.contentKeys = "/Filter /FlateDecode";
  each("content that expands", continued(d.bytes()));
  d.content = deflated(deflated(zeros));
  d.contentKeys = "/Filter [/FlateDecode /FlateDecode]";
  each("content that expands twice", continued(d.bytes()));
  d.contentKeys = "/Filter [" + repeated("/FlateDecode ", size / 10) + "]";
  each("chained filters", continued(d.bytes()));
  Document half;
  half.content = deflated(std::string(size * 60, ' '));
  half.contentKeys = "/Filter /FlateDecode";
  half.page = "/Contents [" + repeated("4 0 R ", 100) + "]";
  each("content a hundred times", continued(half.bytes()));
  Document store;
  for (std::size_t i = 0; i < 20; ++i) {
    store.more[kFirst + i] = packed(std::string(size * 60, ' '), "/Type /ObjStm /N 1 /First 9");
  }
  each("object streams that expand", continued(store.bytes()));
  Document lists;
  lists.catalog = "/DSS <</Certs [" + repeated("1000 0 R ", size / 10) + "] /CRLs [" +
                  repeated("1000 0 R ", size / 10) + "] /OCSPs [" +
                  repeated("1000 0 R ", size / 10) + "]>>";
  lists.more[kFirst] = packed(std::string(size * 10, '0'));
  each("a store that expands", continued(lists.bytes()));
  Document letters;
  letters.catalog = "/Metadata 1000 0 R";
  letters.more[kFirst] = packed(repeated("<xmp:ModifyDate>", size * 3));
  each("metadata that expands", continued(letters.bytes()));
}

void crossReferences(std::size_t size, const Each& each) {
  each("an index of millions", xrefStream(std::string(size * 8 * 3, '\0'), "/W [1 1 1]", size * 8));
  each("an index that promises millions", xrefStream("x", "/W [1 1 1]", 8'000'000));
  std::string index;
  for (std::size_t i = 0; i < size; ++i) index += fmt::format("{} 1 ", 2 * i);
  each("an index of many parts",
       xrefStream(std::string(size * 3, '\0'), "/W [1 1 1] /Index [" + index + "]", 2 * size));
  std::string table = Document{}.bytes();
  std::string rows;
  for (std::size_t i = 0; i < size; ++i) rows += "0000000000 65535 f \n";
  table.replace(table.rfind("xref\n0 1\n"), 9,
                fmt::format("xref\n5000 {}\n", size) + rows + "0 1\n");
  each("a table of free entries", table);
  std::string chain = Document{}.bytes();
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 20'000); ++i) {
    chain += fmt::format("xref\n0 0\ntrailer\n<</Root 1 0 R /Size 9 /Prev {}>>\n",
                         std::stoul(chain.substr(chain.rfind("startxref") + 10, 12)));
    const std::size_t at = chain.rfind("xref\n0 0");
    chain += fmt::format("startxref\n{}\n%%EOF\n", at);
  }
  each("many revisions", chain);
  const std::string signedOnce = continued(Document{}.bytes());
  std::string later = signedOnce;
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 2000); ++i) {
    later = later.size() > 40'000'000 ? later : updated(later, {{5000, "[]"}});
  }
  each("many revisions after a signature", later);
  each("junk", std::string(size * 20, '%'));
  each("a header and zeros", "%PDF-1.7\n" + std::string(size * 20, '\0'));
}

void signatures(std::size_t size, const Each& each) {
  Document d;
  d.more[kFirst] = "[" + repeated("<</ByteRange [0 1 2 3]>> ", size / 5) + "]";
  each("many byte ranges in one object", continued(d.bytes()));
  d.more[kFirst] = stream(repeated("/ByteRange ", size));
  each("many byte ranges in a stream", continued(d.bytes()));
  Document fields;
  const std::size_t count = std::min<std::size_t>(size, 900);
  fields.catalog = "/AcroForm <</Fields " + references(kFirst, count) + ">>";
  for (std::size_t i = 0; i < count; ++i) {
    fields.more[kFirst + i] = fmt::format("<</T (f{}) /FT /Sig /V 900 0 R>>", i);
  }
  fields.more[900] =
      "<</Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange [0 9 11 100] /Contents <00>>>";
  each("many fields of one signature", fields.bytes());
  for (std::size_t i = 0; i < count; ++i) {
    fields.more[kFirst + i] = fmt::format(
        "<</T (f{}) /FT /Sig /V <</Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange [0 9 11 "
        "100] /Contents <3000>>>>>",
        i);
  }
  each("many signatures", fields.bytes());
  each("nested BER", continued(Document{}.bytes(), nestedBer(size)));
  each("signed by nothing", continued(Document{}.bytes(), std::string(size, '\x30')));
  each("many references", continued(Document{}.bytes(), "\x30\x03\x02\x01\x01",
                                    "/Reference [" + repeated("<<>> ", size / 5) + "]"));
  each("many certificates", continued(Document{}.bytes(), "\x30\x03\x02\x01\x01",
                                      "/Cert [" + repeated("<3000> ", size / 5) + "]"));
}

/// What is read for comparing revisions and for what a signature shows.
void looks(std::size_t size, const Each& each) {
  Document d;
  d.catalog = "/Outlines 1000 0 R /Names <</Dests 1002 0 R>> /StructTreeRoot 1003 0 R";
  d.more[kFirst] = "<</First 1001 0 R /Last 1001 0 R /Count 9>>";
  d.more[kFirst + 1] = "<</Parent 1000 0 R /Next 1001 0 R /Prev 1001 0 R /First 1000 0 R>>";
  d.more[kFirst + 2] = "<</Kids [1002 0 R 1002 0 R]>>";
  d.more[kFirst + 3] = "<</K [1003 0 R 1003 0 R] /ParentTree 1002 0 R>>";
  each("outline, names and structure in a circle", continued(d.bytes()));
  Document tree;
  tree.more[kFirst] = "<</Type /Pages /Count 9 /Kids [1001 0 R 1001 0 R]>>";
  tree.more[kFirst + 1] = "<</Type /Pages /Count 9 /Kids [1000 0 R 3 0 R 1000 0 R]>>";
  tree.catalog = "/Pages 1000 0 R";
  each("a page tree in a circle", continued(tree.bytes()));
  Document wide;
  const std::size_t pages = std::min<std::size_t>(size, 150'000);
  wide.more[900] = "<</Type /Pages /Kids " + references(kFirst, pages) + ">>";
  wide.catalog = "/Pages 900 0 R";
  for (std::size_t i = 0; i < pages; ++i) wide.more[kFirst + i] = "<</Type /Page /Annots [3 0 R]>>";
  each("many pages", continued(wide.bytes()));
  Document forms;
  const std::size_t chain = std::min<std::size_t>(size, 100'000);
  for (std::size_t i = 0; i < chain; ++i) {
    forms.more[kFirst + i] = stream(
        "/F Do /F Do", fmt::format("/Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</F {} "
                                   "0 R>>>>",
                                   kFirst + i + 1));
  }
  forms.content = "/F Do";
  forms.page = "/Resources <</XObject <</F 1000 0 R>>>>";
  each("forms that draw forms", continued(forms.bytes()));
  Document fonts;
  std::string uses, named;
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 50'000); ++i) {
    uses += fmt::format("/F{} 9 Tf (x) Tj ", i);
    named +=
        fmt::format("/F{} <</Subtype /Type0 /DescendantFonts [<</W [0 65535 9 0 65535 8]>>]>> ", i);
  }
  fonts.content = "BT " + uses;
  fonts.page = "/Resources <</Font <<" + named + ">>>>";
  each("many fonts of many widths", continued(fonts.bytes()));
  Document masks;
  masks.content = repeated("/I Do ", size);
  masks.page = "/Resources <</XObject <</I 1000 0 R>>>>";
  masks.more[kFirst] = stream("x", "/Subtype /Image /Width 9 /Height 9 /SMask 1001 0 R");
  masks.more[kFirst + 1] = packed(std::string(size * 20, '\0'),
                                  "/Subtype /Image /Width 4000 /Height 5000 /BitsPerComponent 8");
  each("a mask that expands, many times", continued(masks.bytes()));
  Document keys;
  std::string many;
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 100'000); ++i)
    many += fmt::format("/K{} {} 0 R ", i, i);
  keys.catalog = many;
  each("a catalogue of many keys", continued(keys.bytes()));
}

/// Structures that are small in the file and big when they are read.
void expanding(std::size_t size, const Each& each) {
  for (const int columns : {1, 1000, 1'000'000}) {
    each(fmt::format("a predictor of {} columns", columns),
         xrefStream(std::string(size * 20, '\0'),
                    fmt::format("/W [1 2 1] /DecodeParms <</Predictor 12 /Columns {}>>", columns),
                    9));
  }
  each("a predictor of too many columns",
       xrefStream(std::string(size, '\2'),
                  "/W [1 2 1] /DecodeParms <</Predictor 15 /Columns 99999999 "
                  "/Colors 4>>",
                  9));
  // Objects in a hundred object streams, each of which expands.
  std::string out = "%PDF-1.7\n", rows, index;
  const std::string inside = packed("1 0 <</Type /Catalog /Pages 2 0 R /A " + std::string("[") +
                                        repeated("1 ", size) + "]>>" + std::string(size * 40, ' '),
                                    "/Type /ObjStm /N 1 /First 4");
  const auto row = [&](int kind, std::size_t place) {
    std::string text(1, static_cast<char>(kind));
    for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(place >> shift & 255);
    return text + '\0';
  };
  rows += row(2, 100);
  index = "1 1 ";
  for (int i = 0; i < 100; ++i) {
    rows += row(1, out.size());
    index += fmt::format("{} 1 ", 100 + i);
    out += fmt::format("{} 0 obj\n", 100 + i) + inside + "\nendobj\n";
  }
  for (int i = 0; i < 100; ++i) {
    rows += row(2, static_cast<std::size_t>(100 + i));
    index += fmt::format("{} 1 ", 1000 + i);
  }
  const std::size_t at = out.size();
  out += "5 0 obj\n" +
         packed(rows, "/Type /XRef /Root 1 0 R /Size 2000 /W [1 4 1] /Index [" + index + "]") +
         fmt::format("\nendobj\nstartxref\n{}\n%%EOF\n", at);
  each("a catalogue in an object stream that expands", out);
  std::string der = "\x30\x00";
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 20'000); ++i) {
    const std::size_t length = der.size();
    std::string head = "\x30\x83";
    for (const int shift : {16, 8, 0}) head += static_cast<char>(length >> shift & 255);
    der.insert(0, head);
  }
  each("nested DER", continued(Document{}.bytes(), der));
  // A CMS of millions of parts, each of them well formed.
  const auto wrapped = [](char tag, const std::string& content) {
    std::string head(1, tag);
    head += '\x84';
    for (const int shift : {24, 16, 8, 0}) head += static_cast<char>(content.size() >> shift & 255);
    return head + content;
  };
  const std::string oid("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", 11);
  const std::string algorithm("\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00", 15);
  const std::string version("\x02\x01\x01", 3);
  const std::string data("\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01", 13);
  const auto cms = [&](const std::string& digests, const std::string& certificates,
                       const std::string& signers) {
    return wrapped('\x30',
                   oid + wrapped('\xa0', wrapped('\x30', version + wrapped('\x31', digests) + data +
                                                             wrapped('\xa0', certificates) +
                                                             wrapped('\x31', signers))));
  };
  each("a CMS of many digests",
       continued(Document{}.bytes(), cms(repeated(algorithm, size), "", "")));
  each("a CMS of many certificates",
       continued(Document{}.bytes(),
                 cms(algorithm, repeated(std::string("\x30\x02\x05\x00", 4), size), "")));
  each("a CMS of many signers",
       continued(Document{}.bytes(),
                 cms(algorithm, "", repeated(std::string("\x30\x03\x02\x01\x01", 5), size))));
}

/// More of everything that has to do with signatures than any reader can look at.
void crowds(std::size_t size, const Each& each) {
  Document fields;
  const std::size_t count = std::min<std::size_t>(size, 100'000);
  fields.catalog = "/AcroForm <</Fields " + references(kFirst, count) + ">>";
  for (std::size_t i = 0; i < count; ++i) {
    fields.more[kFirst + i] =
        fmt::format("<</T (f{}) /FT /Sig /V <</ByteRange [0 9 11 100] /Contents <30>>>>>", i);
  }
  each("a hundred thousand signatures", fields.bytes());
  Document range;
  range.catalog = "/AcroForm <</Fields [1000 0 R]>>";
  range.more[kFirst] = "<</T (f) /FT /Sig /V 1001 0 R>>";
  const auto ranged = [&](const std::string& name, const std::string& numbers) {
    range.more[kFirst + 1] =
        "<</SubFilter /adbe.pkcs7.detached /Contents <3000> /ByteRange [" + numbers + "]>>";
    each(name, range.bytes());
  };
  ranged("a byte range of many numbers", repeated("0 1 ", size));
  ranged("a byte range of big numbers",
         "0 9223372036854775807 9223372036854775807 9223372036854775807");
  ranged("a byte range of long numbers", "0 " + std::string(size, '1') + " 3 4");
  ranged("a byte range beyond the file", "0 100 4000000000 4000000000");
  std::string chain = Document{}.bytes();
  std::size_t start = std::stoul(chain.substr(chain.rfind("startxref") + 10));
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 100'000); ++i) {
    const std::size_t at = chain.size();
    chain += fmt::format(
        "xref\n0 0\ntrailer\n<</Root 1 0 R /Size 9 /Prev {}>>\nstartxref\n{}\n%%EOF\n", start, at);
    start = at;
  }
  each("a hundred thousand revisions", chain);
  std::string later = continued(Document{}.bytes());
  Document big;
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 2000); ++i) {
    big.more[kFirst + i] = fmt::format("[{} 0 R]", kFirst + i + 1);
  }
  big.catalog = "/Names 1000 0 R";
  later = continued(big.bytes());
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 1500); ++i) {
    later = later.size() > 30'000'000 ? later : updated(later, {{1500, "[1501 0 R]"}});
  }
  each("many revisions of many objects", later);
}

}  // namespace

void eachHostilePdf(std::size_t size, const Each& each) {
  loops(each);
  manyObjects(size, each);
  nesting(size, each);
  bombs(size, each);
  crossReferences(size, each);
  signatures(size, each);
  looks(size, each);
  expanding(size, each);
  crowds(size, each);
}

}  // namespace sohoa::test

#include "tests/signing/foreign_pdf.h"

#include <fmt/format.h>
#include <openssl/cms.h>
#include <zlib.h>

#include <map>
#include <random>
#include <stdexcept>
#include <vector>

#include "tests/signing/test_pki.h"

namespace sohoa::test {
namespace {

enum class Xref { table, stream, hybrid };

std::string deflated(const std::string& data) {
  uLongf size = compressBound(data.size());
  std::string out(size, '\0');
  if (compress(reinterpret_cast<Bytef*>(out.data()), &size,
               reinterpret_cast<const Bytef*>(data.data()), data.size()) != Z_OK) {
    throw std::runtime_error("zlib");
  }
  out.resize(size);
  return out;
}

/// PNG predictor "up" over rows of that width (ISO 32000-1:2008, 7.4.4.4).
std::string predicted(const std::string& rows, std::size_t width) {
  std::string out;
  for (std::size_t at = 0; at < rows.size(); at += width) {
    out += '\2';
    for (std::size_t i = 0; i < width; ++i) {
      const char above = at == 0 ? '\0' : rows[at - width + i];
      out += static_cast<char>(rows[at + i] - above);
    }
  }
  return out;
}

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  ForeignPdf write() {
    chooseShape();
    out_ = "%PDF-" + version_ + eol_;
    if (chance(70)) out_ += "%\xe2\xe3\xcf\xd3" + eol_;
    if (chance(20)) out_ += "% written by another program" + eol_;
    makeObjects();
    writeRevision(objects_, true);
    const int updates = pick(4);
    for (int i = 0; i < updates; ++i) update(i);
    const int signatures = chance(35) ? 1 + pick(2) : 0;
    for (int i = 0; i < signatures; ++i) sign(i);
    if (signatures == 0 && chance(15)) {
      while (out_.back() == '\n' || out_.back() == '\r') out_.pop_back();
      shape_ += ", no end of line at the end";
    }
    ForeignPdf made;
    made.bytes = out_;
    made.signatures = signatures;
    made.emptyField = emptyField_;
    made.widgetApart = widgetApart_;
    made.shape = fmt::format("PDF {}, {}{}, {} updates, {} signatures", version_,
                             xref_ == Xref::table    ? "table"
                             : xref_ == Xref::stream ? "stream"
                                                     : "hybrid",
                             shape_, updates, signatures);
    return made;
  }

 private:
  struct Entry {
    std::size_t offset = 0;
    int generation = 0;
    int container = 0, index = 0;  ///< of an object stream
  };

  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  bool chance(int percent) { return pick(100) < percent; }
  /// White space between two tokens.
  std::string gap() {
    static const char* const kGaps[] = {" ", "  ", "\n", "\r\n", "\t", " % a remark\n", "\n\n"};
    return odd_ ? kGaps[pick(7)] : " ";
  }
  std::string dictionary(const std::vector<std::pair<std::string, std::string>>& entries) {
    std::string text = "<<";
    for (const auto& [key, value] : entries)
      text += "/" + key + gap() + value + (odd_ ? gap() : "");
    return text + ">>";
  }
  std::string stream(std::vector<std::pair<std::string, std::string>> entries, std::string data,
                     bool compress) {
    if (compress) {
      data = deflated(data);
      entries.emplace_back("Filter", chance(50) ? "/FlateDecode" : "[/FlateDecode]");
    }
    entries.emplace_back("Length", std::to_string(data.size()));
    return dictionary(entries) + (eol_ == "\r\n" ? "\r\nstream\r\n" : "\nstream\n") + data +
           "\nendstream";
  }

  void chooseShape() {
    static const char* const kVersions[] = {"1.3", "1.4", "1.5", "1.6", "1.7", "2.0"};
    const int version = pick(6);
    version_ = kVersions[version];
    xref_ = version < 2 ? Xref::table : static_cast<Xref>(pick(3));
    objectStreams_ = xref_ != Xref::table && chance(70);
    odd_ = chance(40);
    eol_ = chance(25) ? "\r\n" : chance(10) ? "\r" : "\n";
    withId_ = version_ == "2.0" || chance(70);
    if (objectStreams_) shape_ += ", object streams";
    if (odd_) shape_ += ", odd white space";
    if (eol_ == "\r\n") shape_ += ", CR LF";
    if (eol_ == "\r") shape_ += ", CR";
  }

  int add(const std::string& body) {
    if (chance(15)) ++next_;  // a number that is left out
    objects_[next_] = body;
    return next_++;
  }
  static std::string ref(int number) { return std::to_string(number) + " 0 R"; }

  void makeObjects() {
    root_ = next_++;
    const int pages = next_++;
    const int count = 1 + pick(3);
    const int font =
        add(dictionary({{"Type", "/Font"}, {"Subtype", "/Type1"}, {"BaseFont", "/Helvetica"}}));
    std::string kids;
    std::vector<int> pageNumbers;
    const bool nested = chance(30);
    const int node = nested ? next_++ : pages;
    for (int i = 0; i < count; ++i) {
      const int contents =
          add(stream({}, fmt::format("BT /F1 12 Tf 72 600 Td (page {}) Tj ET", i + 1), chance(60)));
      std::vector<std::pair<std::string, std::string>> page = {
          {"Type", "/Page"},
          {"Parent", ref(node)},
          {"Contents", chance(50) ? ref(contents) : "[" + ref(contents) + "]"},
          {"Resources", "<</Font <</F1 " + ref(font) + ">>>>"}};
      if (chance(70))
        page.emplace_back("MediaBox", chance(50) ? "[0 0 595 842]" : "[0.0 0.0 612.00 792]");
      if (chance(20)) page.emplace_back("CropBox", "[20 20 500 700]");
      if (chance(25)) page.emplace_back("Rotate", std::to_string(90 * (1 + pick(3))));
      if (chance(10) && version_ >= "1.6") page.emplace_back("UserUnit", "2");
      pageNumbers.push_back(add(""));
      annotate(page, pageNumbers.back(), i == 0);
      objects_[pageNumbers.back()] = dictionary(page);
      kids += (kids.empty() ? "" : gap()) + ref(pageNumbers.back());
    }
    const std::string box = "[0 0 595.276 841.89]";
    if (nested) {
      objects_[node] = dictionary({{"Type", "/Pages"},
                                   {"Parent", ref(pages)},
                                   {"Kids", "[" + kids + "]"},
                                   {"Count", std::to_string(count)}});
      kids = ref(node);
    }
    objects_[pages] = dictionary({{"Type", "/Pages"},
                                  {"Kids", "[" + kids + "]"},
                                  {"Count", std::to_string(count)},
                                  {"MediaBox", box}});
    firstPage_ = pageNumbers.front();
    if (chance(60))
      info_ = add(dictionary({{"Producer", "(another \\(program\\))"}, {"Title", "<FEFF0053>"}}));
    writeCatalog(pages);
  }

  void annotate(std::vector<std::pair<std::string, std::string>>& page, int number, bool first) {
    std::string list;
    if (chance(30)) {
      list = ref(add(dictionary({{"Type", "/Annot"},
                                 {"Subtype", "/Link"},
                                 {"Rect", "[10 10 50 50]"},
                                 {"Border", "[0 0 0]"}})));
    }
    if (first && chance(40)) {
      const std::string title = "<FEFF0043006800EF006E>";
      emptyField_ = "Ch\xc3\xafn";
      std::vector<std::pair<std::string, std::string>> widget = {
          {"Type", "/Annot"},
          {"Subtype", "/Widget"},
          {"F", "4"},
          {"P", ref(number)},
          {"Rect", chance(50) ? "[100 100 300 160]" : "[0 0 0 0]"}};
      std::vector<std::pair<std::string, std::string>> field = {{"FT", "/Sig"}, {"T", title}};
      int shown = 0;
      if (chance(30)) {  // the widget as a kid of the field
        widgetApart_ = true;
        const int parent = add("");
        widget.emplace_back("Parent", ref(parent));
        shown = add(dictionary(widget));
        field.emplace_back("Kids", "[" + ref(shown) + "]");
        objects_[parent] = dictionary(field);
        fields_ = ref(parent);
      } else {
        field.insert(field.end(), widget.begin(), widget.end());
        shown = add(dictionary(field));
        fields_ = ref(shown);
      }
      list += (list.empty() ? "" : " ") + ref(shown);
      shape_ += ", an empty field";
    }
    if (list.empty()) return;
    const bool indirect = chance(30);
    page.emplace_back("Annots", indirect ? ref(add("[" + list + "]")) : "[" + list + "]");
    if (first) annotations_ = list;
  }

  void writeCatalog(int pages) {
    std::vector<std::pair<std::string, std::string>> catalog = {{"Type", "/Catalog"},
                                                                {"Pages", ref(pages)}};
    if (chance(30)) catalog.emplace_back("PageMode", "/UseNone");
    if (!fields_.empty() || chance(15)) {
      const std::string list = "[" + fields_ + "]";
      const std::string form =
          dictionary({{"Fields", chance(30) ? ref(add(list)) : list}, {"SigFlags", "1"}});
      catalog.emplace_back("AcroForm", chance(50) ? ref(add(form)) : form);
    }
    objects_[root_] = dictionary(catalog);
  }

  std::string trailer(bool first) {
    std::string text = fmt::format("/Size {} /Root {}", next_, ref(root_));
    if (info_ != 0) text += " /Info " + ref(info_);
    if (withId_)
      text += " /ID [<0123456789abcdef0123456789abcdef> <0123456789ABCDEF0123456789ABCDEF>]";
    if (!first) text += fmt::format(" /Prev {}", startxref_);
    return text;
  }

  void writeObject(int number, const std::string& body, std::map<int, Entry>& places) {
    if (odd_ && chance(30)) out_ += "% before an object\n";
    places[number] = {out_.size(), 0, 0, 0};
    out_ += fmt::format("{} 0 obj{}{}{}endobj{}", number, odd_ ? gap() : eol_, body,
                        eol_ == "\r" ? "\n" : eol_, eol_);
  }

  void writeRevision(const std::map<int, std::string>& objects, bool first) {
    std::map<int, Entry> places;
    std::map<int, std::string> packed;
    for (const auto& [number, body] : objects) {
      const bool isStream = body.find("endstream") != std::string::npos;
      const bool signature = body.find("/ByteRange") != std::string::npos;
      // A hybrid hides objects from old readers: only those that they can do without.
      const bool may = objectStreams_ && !isStream && !signature &&
                       (xref_ == Xref::stream || body.find("/Producer") != std::string::npos);
      if (may) {
        packed[number] = body;
      } else {
        writeObject(number, body, places);
      }
    }
    if (!packed.empty()) {
      std::string head, data;
      const int container = next_++;
      int index = 0;
      for (const auto& [number, body] : packed) {
        head += fmt::format("{} {} ", number, data.size());
        data += body + " ";
        places[number] = {0, 0, container, index++};
      }
      writeObject(container,
                  stream({{"Type", "/ObjStm"},
                          {"N", std::to_string(index)},
                          {"First", std::to_string(head.size())}},
                         head + data, true),
                  places);
    }
    writeXref(places, first);
  }

  void writeXref(std::map<int, Entry> places, bool first) {
    std::size_t streamAt = 0;
    std::map<int, Entry> hidden;
    if (xref_ == Xref::hybrid) {
      for (auto at = places.begin(); at != places.end();) {
        if (at->second.container != 0) {
          hidden.insert(*at);
          at = places.erase(at);
        } else {
          ++at;
        }
      }
    }
    if (xref_ == Xref::stream) {
      const std::size_t here = out_.size();
      writeXrefStream(places, first, true);
      startxref_ = here;
      finish();
      return;
    }
    if (!hidden.empty()) {
      streamAt = out_.size();
      places[next_] = {streamAt, 0, 0, 0};  // the number that the stream gets
      writeXrefStream(hidden, first, false);
    }
    const std::size_t here = out_.size();
    // ISO 32000-1:2008, 7.5.4: twenty bytes, whatever the line ends of the file are.
    const std::string end = eol_ == "\r\n" ? "\r\n" : eol_ == "\r" ? " \r" : " \n";
    std::string table;
    const auto row = [&](std::size_t offset, int generation, char kind) {
      table += fmt::format("{:010} {:05} {}{}", offset, generation, kind, end);
    };
    const std::string line = eol_ == "\r" ? "\n" : eol_;
    if (first) {
      table += fmt::format("0 {}", next_) + line;
      for (int number = 0; number < next_; ++number) {
        const auto place = places.find(number);
        if (place == places.end()) {
          row(0, 65535, 'f');
        } else {
          row(place->second.offset, 0, 'n');
        }
      }
    } else {
      for (const auto& [number, place] : places) {
        table += fmt::format("{} 1", number) + line;
        row(place.offset, 0, 'n');
      }
    }
    std::string more = trailer(first);
    if (streamAt != 0) more += fmt::format(" /XRefStm {}", streamAt);
    out_ += "xref" + line + table + "trailer" + line + "<<" + more + ">>" + line;
    startxref_ = here;
    finish();
  }

  void writeXrefStream(std::map<int, Entry> places, bool first, bool own) {
    const int number = next_++;
    if (own) places[number] = {out_.size(), 0, 0, 0};
    const bool wide = chance(40);
    const int offsetWidth = wide ? 4 : 3;
    std::string rows, index;
    const auto row = [&](int kind, std::size_t middle, int last) {
      rows += static_cast<char>(kind);
      for (int shift = 8 * (offsetWidth - 1); shift >= 0; shift -= 8) {
        rows += static_cast<char>(middle >> shift & 0xff);
      }
      rows += static_cast<char>(last >> 8 & 0xff);
      rows += static_cast<char>(last & 0xff);
    };
    const auto put = [&](int n) {
      const auto place = places.find(n);
      if (place == places.end()) return row(0, 0, n == 0 ? 65535 : 0);
      if (place->second.container != 0) {
        return row(2, static_cast<std::size_t>(place->second.container), place->second.index);
      }
      row(1, place->second.offset, 0);
    };
    if (first && own) {
      for (int n = 0; n < next_; ++n) put(n);
    } else {
      for (const auto& [n, place] : places) {
        index += fmt::format("{} 1 ", n);
        put(n);
      }
    }
    std::vector<std::pair<std::string, std::string>> entries = {
        {"Type", "/XRef"}, {"W", fmt::format("[1 {} 2]", offsetWidth)}};
    if (!index.empty()) entries.emplace_back("Index", "[" + index + "]");
    const auto width = static_cast<std::size_t>(offsetWidth) + 3;
    if (chance(50)) {
      rows = predicted(rows, width);
      entries.emplace_back("DecodeParms", fmt::format("<</Predictor 12 /Columns {}>>", width));
      entries.emplace_back("Filter", "/FlateDecode");
      rows = deflated(rows);
    }
    entries.emplace_back("Length", std::to_string(rows.size()));
    std::string text = dictionary(entries);
    text.insert(2, trailer(first || !own) + " ");
    out_ += fmt::format("{} 0 obj\n{}\nstream\n{}\nendstream\nendobj\n", number, text, rows);
  }

  void finish() {
    const std::string line = eol_ == "\r" ? "\n" : eol_;
    out_ += fmt::format("startxref{0}{1}{0}%%EOF{0}", line, startxref_);
  }

  /// Another program's update: it touches the title, or adds something nobody looks at.
  void update(int n) {
    std::map<int, std::string> changed;
    if (info_ != 0 && chance(50)) {
      changed[info_] =
          dictionary({{"Producer", "(another program)"}, {"Title", fmt::format("(v{})", n)}});
    } else {
      changed[next_++] = dictionary({{"Nothing", std::to_string(n)}});
    }
    writeRevision(changed, false);
  }

  /// A signature by OpenSSL's own CMS_sign, in the older format of Acrobat.
  void sign(int n) {
    const SmallPki& pki = smallPki();
    const int signature = next_++, field = next_++;
    constexpr std::size_t kRoom = 4096;
    const bool certified = n == 0 && chance(25);
    std::map<int, std::string> changed;
    changed[signature] =
        "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
        "/ByteRange [0 @@@@@@@@@@ @@@@@@@@@@ @@@@@@@@@@] /Contents <" +
        std::string(2 * kRoom, '0') + ">/M (D:20200101000000Z)";
    if (certified) {
      changed[signature] += fmt::format(
          " /Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type "
          "/TransformParams /P {} /V /1.2>>>>]",
          2 + pick(2));
      shape_ += ", certified";
    }
    changed[signature] += ">>";
    changed[field] = fmt::format(
        "<</Type /Annot /Subtype /Widget /FT /Sig /T (Foreign{}) /V {} /F 132 /P {} /Rect [0 0 0 "
        "0]>>",
        n, ref(signature), ref(firstPage_));
    fields_ += (fields_.empty() ? "" : " ") + ref(field);
    annotations_ += (annotations_.empty() ? "" : " ") + ref(field);
    changed[root_] = objects_.at(root_);
    std::string& catalog = changed[root_];
    // The form is the last entry; one of the generator's own is replaced.
    if (const std::size_t form = catalog.find("/AcroForm"); form != std::string::npos) {
      catalog.erase(form, catalog.size() - 2 - form);
    }
    if (certified) {
      catalog.insert(catalog.size() - 2, "/Perms <</DocMDP " + ref(signature) + ">>");
    }
    catalog.insert(catalog.size() - 2, "/AcroForm <</Fields [" + fields_ + "] /SigFlags 3>>");
    objects_[root_] = catalog;
    std::string page = objects_.at(firstPage_);
    const std::size_t old = page.find("/Annots");
    if (old != std::string::npos) {
      const std::size_t direct = page.find('[', old), number = page.find(" 0 R", old);
      const std::size_t end = direct < number ? page.find(']', direct) + 1 : number + 4;
      page.erase(old, end - old);
    }
    page.insert(page.size() - 2, "/Annots [" + annotations_ + "]");
    changed[firstPage_] = objects_[firstPage_] = page;
    const std::size_t before = out_.size();
    writeRevision(changed, false);
    fillSignature(before, pki, kRoom);
  }

  void fillSignature(std::size_t from, const SmallPki& pki, std::size_t room) {
    const std::size_t contents = out_.find("/Contents <", from) + 10,
                      after = contents + 2 * room + 2;
    const std::size_t range = out_.find("[0 @", from) + 1;
    std::string numbers = fmt::format("0 {} {} {}", contents, after, out_.size() - after);
    numbers.resize(34, ' ');
    out_.replace(range, 34, numbers);
    const std::string data = out_.substr(0, contents) + out_.substr(after);
    const BioHandle in(BIO_new_mem_buf(data.data(), static_cast<int>(data.size())));
    const Handle<CMS_ContentInfo, CMS_ContentInfo_free> cms(
        CMS_sign(pki.leaf.certificate.get(), pki.leaf.key.get(), nullptr, in.get(),
                 CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP));
    unsigned char* der = nullptr;
    const int size = cms ? i2d_CMS_ContentInfo(cms.get(), &der) : -1;
    if (size <= 0 || static_cast<std::size_t>(size) > room) throw std::runtime_error("CMS_sign");
    for (int i = 0; i < size; ++i) {
      out_.replace(contents + 1 + 2 * static_cast<std::size_t>(i), 2,
                   fmt::format("{:02X}", der[i]));
    }
    OPENSSL_free(der);
  }

  std::mt19937 random_;
  std::string version_, eol_, out_, shape_, emptyField_, fields_, annotations_;
  Xref xref_ = Xref::table;
  bool widgetApart_ = false, objectStreams_ = false, odd_ = false, withId_ = false;
  std::map<int, std::string> objects_;
  int next_ = 1, root_ = 0, info_ = 0, firstPage_ = 0;
  std::size_t startxref_ = 0;
};

}  // namespace

ForeignPdf foreignPdf(unsigned seed) { return Writer(seed).write(); }

}  // namespace sohoa::test

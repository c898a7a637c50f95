#include "ocr/page/alto.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/texts/xml_text.h"

namespace sohoa {
namespace {

std::string place(const PixelBox& box) {
  return fmt::format("HPOS=\"{}\" VPOS=\"{}\" WIDTH=\"{}\" HEIGHT=\"{}\"", box.x, box.y, box.width,
                     box.height);
}

class Writer {
 public:
  std::string write(const PageReading& reading, const AltoSource& source,
                    const EngineInfo& engine) {
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4# "
        "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd\" SCHEMAVERSION=\"4.4\">\n";
    description(source, engine, reading);
    line(1, "<Tags>");
    line(2,
         "<OtherTag ID=\"suspect\" TYPE=\"doubt\" LABEL=\"suspect\" DESCRIPTION=\"signals say the "
         "word may be misread; its text is kept as read\"/>");
    line(1, "</Tags>");
    line(1, "<Layout>");
    line(2,
         fmt::format(
             "<Page ID=\"page_1\" PHYSICAL_IMG_NR=\"{}\" WIDTH=\"{}\" HEIGHT=\"{}\" PC=\"{:.3f}\">",
             std::max(source.page, 1), reading.width, reading.height,
             std::clamp(reading.confidence, 0.0, 1.0)));
    line(3, fmt::format("<PrintSpace {}>", place({0, 0, reading.width, reading.height})));
    for (const PixelBox& seal : reading.seals) {
      line(4,
           fmt::format("<Illustration ID=\"seal_{}\" TYPE=\"seal\" {}/>", ++seals_, place(seal)));
    }
    for (const TextBlock& block : reading.blocks) textBlock(block, reading.rotation);
    line(3, "</PrintSpace>");
    line(2, "</Page>");
    line(1, "</Layout>");
    out_ += "</alto>\n";
    return std::move(out_);
  }

 private:
  void line(int depth, const std::string& text) {
    out_.append(static_cast<std::size_t>(depth) * 2, ' ');
    out_ += text;
    out_ += '\n';
  }

  void description(const AltoSource& source, const EngineInfo& engine, const PageReading& reading) {
    line(1, "<Description>");
    line(2, "<MeasurementUnit>pixel</MeasurementUnit>");
    line(2, "<sourceImageInformation>");
    line(3, fmt::format("<fileName>{}</fileName>", xmlAttribute(source.fileName)));
    if (!source.fileSha512.empty()) {
      line(3, fmt::format("<fileIdentifier>urn:sha-512:{}</fileIdentifier>",
                          xmlAttribute(source.fileSha512)));
    }
    line(2, "</sourceImageInformation>");
    line(2, "<Processing ID=\"ocr_1\">");
    line(3, fmt::format("<processingStepDescription>text recognition</processingStepDescription>"));
    line(3, fmt::format(
                "<processingStepSettings>model {} sha-256 {}; cpu {}; turned {} degrees clockwise; "
                "straightened {:.2f} degrees</processingStepSettings>",
                xmlAttribute(engine.model), xmlAttribute(engine.modelSha256),
                xmlAttribute(engine.cpu), reading.rotation, reading.skewDegrees));
    line(3, "<processingSoftware>");
    line(4, "<softwareName>sohoa</softwareName>");
    line(4, fmt::format("<softwareVersion>{}</softwareVersion>", SOHOA_VERSION));
    line(4,
         fmt::format("<applicationDescription>Tesseract {}, Leptonica {}</applicationDescription>",
                     xmlAttribute(engine.tesseract), xmlAttribute(engine.leptonica)));
    line(3, "</processingSoftware>");
    line(2, "</Processing>");
    line(1, "</Description>");
  }

  void textBlock(const TextBlock& block, int rotation) {
    // ROTATION is counter-clockwise and tells how the block lies on the image.
    const std::string turned = rotation == 0 ? "" : fmt::format(" ROTATION=\"{}\"", rotation);
    line(4, fmt::format("<TextBlock ID=\"block_{}\" LANG=\"vi\" {}{}>", ++blocks_, place(block.box),
                        turned));
    for (const TextLine& textLine : block.lines) {
      const Word& first = textLine.words.front();
      const Word& last = textLine.words.back();
      line(5, fmt::format("<TextLine ID=\"line_{}\" {} BASELINE=\"{:.1f},{:.1f} {:.1f},{:.1f}\">",
                          ++lines_, place(textLine.box), first.baseX0, first.baseY0, last.baseX1,
                          last.baseY1));
      for (std::size_t i = 0; i < textLine.words.size(); ++i) {
        if (i > 0) space(textLine.words[i - 1], textLine.words[i], rotation);
        word(textLine.words[i]);
      }
      line(5, "</TextLine>");
    }
    line(4, "</TextBlock>");
  }

  void space(const Word& before, const Word& after, int rotation) {
    if (rotation != 0) {
      line(6, "<SP/>");
      return;
    }
    const int left = before.box.right();
    line(6, fmt::format("<SP HPOS=\"{}\" VPOS=\"{}\" WIDTH=\"{}\"/>", left, before.box.y,
                        std::max(after.box.x - left, 0)));
  }

  void word(const Word& word) {
    line(6, fmt::format("<String ID=\"word_{}\" CONTENT=\"{}\" {} WC=\"{:.3f}\"{}/>", ++words_,
                        xmlAttribute(word.text), place(word.box),
                        std::clamp(word.confidence, 0.0, 1.0),
                        word.suspect ? " TAGREFS=\"suspect\"" : ""));
  }

  std::string out_;
  int seals_ = 0, blocks_ = 0, lines_ = 0, words_ = 0;
};

}  // namespace

std::string altoXml(const PageReading& reading, const AltoSource& source,
                    const EngineInfo& engine) {
  return Writer().write(reading, source, engine);
}

}  // namespace sohoa

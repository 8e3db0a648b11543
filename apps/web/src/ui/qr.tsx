import qrcode from 'qrcode-generator';
import { useMemo } from 'react';

/** A code as one path on white, four modules of quiet zone around it. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const { path, size } = useMemo(() => {
    const code = qrcode(0, 'Q');
    // Codes are written in base45, whose letters a QR code packs tighter.
    code.addData(text, /^[0-9A-Z $%*+\-./:]+$/.test(text) ? 'Alphanumeric' : 'Byte');
    code.make();
    const count = code.getModuleCount();
    let d = '';
    for (let y = 0; y < count; y++)
      for (let x = 0; x < count; x++) if (code.isDark(y, x)) d += `M${x + 4} ${y + 4}h1v1h-1z`;
    return { path: d, size: count + 8 };
  }, [text]);
  return (
    <svg
      className={className}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      data-code={text}
    >
      <path d={path} />
    </svg>
  );
}

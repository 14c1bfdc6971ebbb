import { Suspense, lazy } from 'react'

const Picture = lazy(() => import('qrcode.react').then(({ QRCodeSVG }) => ({ default: QRCodeSVG })))

/** Something to be read by a camera; its room is kept until what draws it is there. */
export const QrCode = ({ value, title }: { value: string; title: string }) => (
  <span className="qr">
    <Suspense fallback={<canvas width={144} height={144} aria-hidden="true" />}>
      <Picture value={value} size={144} title={title} />
    </Suspense>
  </span>
)

import './field.css'
import { HoldIcon } from '../components/Icons.tsx'

/** What is wrong with a field, beneath it. */
export const WrongLine = ({ id, wrong }: { id: string; wrong: { message?: string | undefined } | undefined }) =>
  wrong ? (
    <p className="wrong" id={id} role="alert">
      <HoldIcon small />
      {wrong.message}
    </p>
  ) : null

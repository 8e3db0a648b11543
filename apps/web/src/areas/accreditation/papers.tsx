import type { Application, CategoryView } from '#libs/contracts';
import { useWords } from '../../i18n';
import { Icon } from '../../ui/icon';
import styles from './accreditation.module.css';

export function Papers({ papers, category }: { papers: Application['evidence']; category: CategoryView | undefined }) {
  const { language } = useWords();
  if (papers.length === 0) return null;
  return (
    <ul className={styles.papers}>
      {papers.map((paper) => (
        <li key={paper.id}>
          <Icon name="check" />
          <span>
            {category?.evidence.find((rule) => rule.kind === paper.kind)?.name[language] ?? paper.kind}
            <span className="small quiet"> · {paper.fileName}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
